import * as tf from '@tensorflow/tfjs';
import type { DataId, DataType, TensorInfo } from '@tensorflow/tfjs';
import { registeredKernel, registerWasmKernel } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { FastWasmBackend } from './fast-wasm-backend.ts';

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
  if (dtype !== 'complex64') return { dataId: cpu.write(values, shape, dtype), shape, dtype };
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
  return { dataId: wasm.write(cpuBackend().readSync(tensor.dataId), shape, dtype), shape, dtype };
}

/**
 * A WASM kernel that copies its tensors to the plain JavaScript backend, runs that backend's kernel of the same
 * name, copies the results back and releases every copy.
 */
export function cpuFallback(name: string): Kernel {
  return ({ inputs, attrs, backend }) => {
    const cpu = cpuBackend();
    const onCpu: TensorInfo[] = [];
    try {
      // Some kernels get their tensors as a list.
      const copies: Record<string, TensorInfo> = Array.isArray(inputs) ? ([] as never) : {};
      for (const [key, tensor] of Object.entries(inputs)) {
        copies[key] = toCpu(backend, tensor);
        onCpu.push(copies[key]);
      }
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

/** Sends the calls that carry a complex tensor to the plain JavaScript kernel: tfjs-wasm knows none. */
function withComplex(name: string, kernel: Kernel): Kernel {
  const fallback = cpuFallback(name);
  return (call) => {
    for (const key in call.inputs) if (call.inputs[key].dtype === 'complex64') return fallback(call);
    return kernel(call);
  };
}

/** Kernels that share data instead of reading it do so for complex tensors too. */
const indifferentToType: readonly string[] = [tf.Identity, tf.Reshape, tf.ExpandDims];

/**
 * Gives `wasm` every kernel that `cpu` has: those that it lacks wholly, the others for complex tensors, as a
 * {@link cpuFallback}.
 */
export function registerCpuFallbacks(): void {
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    if (indifferentToType.includes(kernelName)) continue;
    registerWasmKernel({
      name: kernelName,
      make: (own) => (own === undefined ? cpuFallback(kernelName) : withComplex(kernelName, own)),
    });
  }
}
