import * as tf from '@tensorflow/tfjs';
import type { DataId, DataType, TensorInfo } from '@tensorflow/tfjs';
import { registeredKernel, registerWasmKernel } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { FastWasmBackend } from './fast-wasm-backend.ts';
import { knownTypes, wronglyComputed } from './stock-limits.ts';

type Values = tf.backend_util.BackendValues;

/** The parts of tfjs's plain JavaScript backend that a copy to it and back needs. */
interface CpuBackend {
  write(values: Values, shape: number[], dtype: DataType): DataId;
  readSync(dataId: DataId): Values;
  disposeData(dataId: DataId, force?: boolean): boolean;
  /** Prints an advertisement for tfjs-node at the first write while it is true. */
  firstUse: boolean;
}

/** The plain JavaScript backend, created when it is first needed and quiet; it need not be the current one. */
export function cpuBackend(): CpuBackend {
  const backend = tf.findBackend('cpu') as unknown as CpuBackend;
  backend.firstUse = false;
  return backend;
}

function runCpuKernel(
  name: string,
  inputs: Record<string, TensorInfo>,
  attrs: object = {},
): TensorInfo | TensorInfo[] {
  const kernel = registeredKernel(name, 'cpu') as unknown as (call: object) => TensorInfo | TensorInfo[];
  return kernel({ inputs, attrs, backend: cpuBackend() });
}

/** The real and imaginary parts of alternating values. */
function parts(values: Float32Array): { real: Float32Array; imag: Float32Array } {
  const real = Float32Array.from({ length: values.length / 2 }, (_, index) => values[2 * index]);
  const imag = Float32Array.from({ length: values.length / 2 }, (_, index) => values[2 * index + 1]);
  return { real, imag };
}

function toCpu(wasm: FastWasmBackend, tensor: TensorInfo): TensorInfo {
  const cpu = cpuBackend();
  const { shape, dtype } = tensor;
  const values = wasm.readSync(tensor.dataId);
  if (dtype !== 'complex64') {
    // Some kernels take the rank for granted, which only whole tensors have.
    return { dataId: cpu.write(values, shape, dtype), shape, dtype, rank: shape.length } as TensorInfo;
  }
  const { real, imag } = parts(values as Float32Array);
  const realPart: TensorInfo = { dataId: cpu.write(real, shape, 'float32'), shape, dtype: 'float32' };
  const imagPart: TensorInfo = { dataId: cpu.write(imag, shape, 'float32'), shape, dtype: 'float32' };
  const complex = runCpuKernel(tf.Complex, { real: realPart, imag: imagPart }) as TensorInfo;
  cpu.disposeData(realPart.dataId);
  cpu.disposeData(imagPart.dataId);
  return complex;
}

function fromCpu(wasm: FastWasmBackend, tensor: TensorInfo): TensorInfo {
  const { shape, dtype } = tensor;
  const values = cpuBackend().readSync(tensor.dataId);
  // Some kernels keep whole numbers as floats.
  const whole = dtype === 'int32' && !(values instanceof Int32Array);
  const written = whole ? Int32Array.from(values as Float32Array) : values;
  return { dataId: wasm.write(written, shape, dtype), shape, dtype };
}

/** What a kernel may get by a name: a tensor, several, or, as a bias that is left out, none. */
type Input = TensorInfo | readonly TensorInfo[] | null | undefined;

/**
 * A WASM kernel that copies its tensors to the plain JavaScript backend, runs that backend's kernel of the same
 * name, copies the results back and releases every copy.
 */
export function cpuFallback(name: string): Kernel {
  return ({ inputs, attrs, backend }) => {
    const cpu = cpuBackend();
    const onCpu: TensorInfo[] = [];
    const copy = (input: Input): Input => {
      if (!input) return input;
      if (Array.isArray(input)) return input.map((tensor) => copy(tensor) as TensorInfo);
      const copied = toCpu(backend, input as TensorInfo);
      onCpu.push(copied);
      return copied;
    };
    try {
      const copies = (
        Array.isArray(inputs)
          ? copy(inputs)
          : Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, copy(input)]))
      ) as Record<string, TensorInfo>;
      const results = runCpuKernel(name, copies, attrs);
      onCpu.push(...[results].flat());
      return Array.isArray(results)
        ? results.map((result) => fromCpu(backend, result))
        : fromCpu(backend, results);
    } finally {
      for (const { dataId } of onCpu) cpu.disposeData(dataId);
    }
  };
}

/** Kernels that share data instead of reading it do so whatever it is. */
const indifferentToType: readonly string[] = [tf.Identity, tf.Reshape, tf.ExpandDims];

const float: readonly DataType[] = ['float32'];

/**
 * Sends the calls that the kernel on WASM computes wrong to the plain JavaScript kernel: those with a tensor of a
 * type that it does not know, and those with an empty one.
 */
function guarded(name: string, kernel: Kernel): Kernel {
  const fallback = cpuFallback(name);
  if (wronglyComputed.includes(name)) return fallback;
  const types = knownTypes[name] ?? float;
  return (call) => {
    for (const key in call.inputs) {
      // Some inputs, as a bias, may be left out.
      const input = call.inputs[key] as TensorInfo | undefined | null;
      if (input && (!types.includes(input.dtype) || input.shape.includes(0))) return fallback(call);
    }
    return kernel(call);
  };
}

/** Gives `wasm` every kernel that `cpu` has, as a {@link cpuFallback} wholly or where it is {@link guarded}. */
export function registerCpuFallbacks(): void {
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    if (indifferentToType.includes(kernelName)) continue;
    registerWasmKernel({
      name: kernelName,
      make: (own) => (own === undefined ? cpuFallback(kernelName) : guarded(kernelName, own)),
    });
  }
}
