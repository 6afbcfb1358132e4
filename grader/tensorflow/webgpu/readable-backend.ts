import * as tf from '@tensorflow/tfjs';
import type { DataId, DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import { complexParts } from '../plain-backend.ts';
import type { GpuBuffer, GpuDevice } from './dawn.ts';
import type { HeldPolling } from './held-polling.ts';

type Values = tf.backend_util.BackendValues;

/** What the package's backend keeps of a tensor's data. */
interface TensorData {
  readonly dtype: DataType;
  readonly shape: number[];
  values: Values | null | undefined;
  readonly resource?: GpuBuffer | null;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
}

/** The backend of `@tensorflow/tfjs-backend-webgpu` 4.22, as far as it is built on here. */
export interface StockBackend extends KernelBackend {
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GpuBuffer;
    releaseBuffer(buffer: GpuBuffer, reuse?: boolean): void;
  };
  readonly tensorMap: { get(dataId: DataId): TensorData };
  readonly commandEncoder: {
    copyBufferToBuffer(from: GpuBuffer, offset: number, to: GpuBuffer, toOffset: number, size: number): void;
  } | null;
  readonly queue: { onSubmittedWorkDone(): Promise<void> };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

export type StockBackendClass = new (device: GpuDevice, info: object) => StockBackend;

// `GPUBufferUsage` and `GPUMapMode` of the WebGPU specification.
const MAP_READ = 0x1;
const COPY_DST = 0x8;
const READ = 0x1;

/** A result that takes longer is not to be waited for: a driver resets a card that computes for so long. */
const READ_SECONDS = 600;

/** Text included. */
const copyOf = <T extends Values>(values: T): T => values.slice() as T;

/** The errors that a device reports of its own accord, kept until somebody reads from it. */
class DeviceErrors {
  #first: Error | undefined;
  #broken = false;
  #lost = false;

  constructor(device: GpuDevice) {
    // Reported within the call that was wrong, so that the stack has the line that made it.
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.#broken = true;
      this.#first ??= new Error(`the graphics device refused it: ${event.error.message.split('\n')[0]}`);
    });
    void device.lost.then(() => this.lose());
  }

  /** The device is gone. */
  get lost(): boolean {
    return this.#lost;
  }

  lose(): void {
    this.#lost = this.#broken = true;
  }

  /** There was an error, or the device is gone: what it was to compute with that is worth nothing. */
  get broken(): boolean {
    return this.#broken;
  }

  /** The first error since this was last asked. */
  take(): Error | undefined {
    const first = this.#first;
    this.#first = undefined;
    return first;
  }
}

/**
 * The package's backend with reads that need no event loop, and with data that are copied in and out as on other
 * backends, so that neither an array that a tensor was made of nor one that was read is shared with it.
 */
export function readableBackend(Stock: StockBackendClass, polling: HeldPolling) {
  // Taken now: code that runs later may replace the global.
  const { setImmediate } = globalThis;

  return class ReadableWebgpuBackend extends Stock {
    readonly #errors: DeviceErrors;

    constructor(device: GpuDevice, info: object) {
      super(device, info);
      this.#errors = new DeviceErrors(device);
    }

    /** Whether the device has refused something or is gone: tensors may hold anything from then on. */
    get broken(): boolean {
      return this.#errors.broken;
    }

    /** Whether the device is gone. */
    get lost(): boolean {
      return this.#errors.lost;
    }

    override write(values: Values, shape: number[], dtype: DataType): DataId {
      if (dtype !== 'complex64' || !values) return super.write(values && copyOf(values), shape, dtype);
      const { real, imag } = complexParts(values as Float32Array);
      const dataId = super.write(null as unknown as Values, shape, dtype);
      const part = (of: Float32Array): TensorInfo => ({
        dataId: super.write(of, shape, 'float32'),
        shape,
        dtype: 'float32',
      });
      this.tensorMap.get(dataId).complexTensorInfos = { real: part(real), imag: part(imag) };
      return dataId;
    }

    override readSync(dataId: DataId): Values {
      this.#check();
      const data = this.tensorMap.get(dataId);
      const values = (data.values ??= this.#download(data));
      this.#check();
      return copyOf(values);
    }

    /** As {@link readSync}, then a round of the event loop: only there Dawn lets go of what is no longer used. */
    override async read(dataId: DataId): Promise<Values> {
      const values = this.readSync(dataId);
      await new Promise((resolve) => setImmediate(resolve));
      return values;
    }

    /** Wall time, with the device's work in it: the package knows only that of devices with clocks of their own. */
    override async time(f: () => void): Promise<tf.BackendTimingInfo> {
      const start = performance.now();
      f();
      this.#submit();
      await this.queue.onSubmittedWorkDone();
      return { kernelMs: performance.now() - start };
    }

    /** @throws what the device refused since the last read */
    #check(): void {
      const error = this.#errors.take();
      if (!error) return;
      // What it refused is part of commands that are not sent yet, and would come up again.
      this.#submit();
      this.#errors.take();
      throw error;
    }

    #submit(): void {
      this.endComputePassEncoder();
      if (this.commandEncoder) this.submitQueue();
    }

    #download({ dtype, resource, complexTensorInfos }: TensorData): Values {
      if (complexTensorInfos) {
        const [real, imag] = [complexTensorInfos.real, complexTensorInfos.imag].map(({ dataId: part }) =>
          this.readSync(part),
        );
        return tf.backend_util.mergeRealAndImagArrays(real as Float32Array, imag as Float32Array);
      }
      const bytes = resource ? this.#readBuffer(resource) : new ArrayBuffer(0);
      return tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype);
    }

    #readBuffer(buffer: GpuBuffer): ArrayBuffer {
      const { size } = buffer;
      const staging = this.bufferManager.acquireBuffer(size, COPY_DST | MAP_READ);
      this.ensureCommandEncoderReady();
      this.endComputePassEncoder();
      this.commandEncoder!.copyBufferToBuffer(buffer, 0, staging, 0, size);
      this.submitQueue();
      // What is wrong shows in the state, before anybody could hear of a rejected promise.
      staging.mapAsync(READ).catch(() => undefined);
      polling.waitFor(() => staging.mapState !== 'pending', READ_SECONDS);
      this.#check();
      if (staging.mapState !== 'mapped') {
        this.#errors.lose();
        throw new Error('the graphics device was lost before it had a result');
      }
      const bytes = staging.getMappedRange().slice(0);
      staging.unmap();
      this.bufferManager.releaseBuffer(staging);
      return bytes;
    }
  };
}
