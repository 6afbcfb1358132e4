import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { registeredKernel } from '../kernel.ts';
import type { Kernel, KernelCall } from '../kernel.ts';

/** What a fused operation adds to its product. */
export interface Fusion {
  readonly bias?: TensorInfo | undefined;
  readonly activation?: string | null | undefined;
  readonly preluActivationWeights?: TensorInfo | undefined;
  readonly leakyreluAlpha?: number | undefined;
}

const activationKernels: Readonly<Record<string, string>> = {
  relu: tf.Relu,
  relu6: tf.Relu6,
  elu: tf.Elu,
  sigmoid: tf.Sigmoid,
  leakyrelu: tf.LeakyRelu,
  prelu: tf.Prelu,
};

/** Runs the kernel of that name on WASM. */
export function runKernel(
  backend: FastWasmBackend,
  name: string,
  call: Omit<KernelCall, 'backend'>,
): TensorInfo {
  return (registeredKernel(name, 'wasm') as Kernel)({ ...call, backend }) as TensorInfo;
}

/** Adds the bias to a product and applies the activation, one kernel after another; releases the product. */
export function finishFused(backend: FastWasmBackend, product: TensorInfo, fusion: Fusion): TensorInfo {
  const { bias, activation, preluActivationWeights, leakyreluAlpha } = fusion;
  let result = product;
  const replace = (name: string, call: Omit<KernelCall, 'backend'>): void => {
    const previous = result;
    result = runKernel(backend, name, call);
    backend.disposeData(previous.dataId);
  };
  if (bias) replace(tf.Add, { inputs: { a: result, b: bias }, attrs: {} });
  if (!activation || activation === 'linear') return result;
  const name = activationKernels[activation];
  if (name === undefined) throw new Error(`there is no activation ${activation}`);
  const inputs: Record<string, TensorInfo> = { x: result };
  if (activation === 'prelu' && preluActivationWeights) inputs['alpha'] = preluActivationWeights;
  replace(name, { inputs, attrs: { alpha: leakyreluAlpha } });
  return result;
}
