import * as tf from '@tensorflow/tfjs';
import type { DataId, TensorInfo } from '@tensorflow/tfjs';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WasmModule } from './emscripten-module.ts';
import type { LoopThreads } from './simd/loop-threads.ts';
import type { SimdLoops } from './simd/loops.ts';

/**
 * tfjs's WASM backend with two things more: data derived from a tensor's data (a flipped filter) is kept as long
 * as that data and released with it, and complex tensors are stored, real and imaginary parts alternating.
 */
export class FastWasmBackend extends BackendWasm {
  /** Loops over the heap; they take addresses as {@link BackendWasm.getMemoryOffset} gives them. */
  readonly loops: SimdLoops;
  /** What runs several of them at once. */
  readonly threads: LoopThreads;
  private readonly derived = new WeakMap<DataId, Map<string, TensorInfo>>();
  private derivedCount = 0;

  constructor(module: WasmModule, threads: LoopThreads) {
    super(module);
    this.threads = threads;
    this.loops = threads.loops;
  }

  override dispose(): void {
    this.threads.terminate();
    super.dispose();
  }

  /**
   * What `make` derives from a tensor, made once for each `name` as long as the tensor's data lives. The data of a
   * tensor never changes, so neither does what is derived from it; another tensor of the same data, reshaped, has its
   * own.
   */
  derive(source: TensorInfo, name: string, make: () => TensorInfo): TensorInfo {
    const key = `${name} of ${source.shape.join('x')}`;
    let entries = this.derived.get(source.dataId);
    if (entries === undefined) this.derived.set(source.dataId, (entries = new Map()));
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = make();
      entries.set(key, entry);
      this.derivedCount += 1;
    }
    return entry;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const released = super.disposeData(dataId, force);
    const entries = released ? this.derived.get(dataId) : undefined;
    if (entries !== undefined) {
      this.derived.delete(dataId);
      this.derivedCount -= entries.size;
      for (const entry of entries.values()) this.disposeData(entry.dataId);
    }
    return released;
  }

  /** The number of tensor data that the engine knows of: derived data is none of its business. */
  override numDataIds(): number {
    return super.numDataIds() - this.derivedCount;
  }

  override readSync(dataId: DataId, start?: number, end?: number): tf.backend_util.BackendValues {
    const { dtype, shape } = this.dataIdMap.get(dataId);
    if (dtype !== 'complex64') return super.readSync(dataId, start, end);
    return this.floats({ dataId, shape: [...shape, 2], dtype: 'float32' }).slice();
  }

  /** One more tensor over the data of `x`; nothing is copied. */
  share(x: TensorInfo, shape: number[] = x.shape): TensorInfo {
    this.incRef(x.dataId);
    return { dataId: x.dataId, shape, dtype: x.dtype };
  }

  /**
   * The float32 elements of a tensor where they lie. Good until the next allocation, which may move the heap:
   * make all outputs first.
   */
  floats(tensor: TensorInfo): Float32Array {
    return this.typedArrayFromHeap(tensor) as Float32Array;
  }
}
