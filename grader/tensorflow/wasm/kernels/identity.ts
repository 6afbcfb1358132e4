import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import { cpuFallback } from '../cpu-fallback.ts';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { KernelDefinition } from '../kernel.ts';

/**
 * A second tensor over the same data, where tfjs-wasm copies. Every tensor that a gradient saves passes through
 * here, and derived data is found again only where the data is shared.
 */
export const identity: KernelDefinition = {
  name: 'Identity',
  make:
    () =>
    ({ inputs, backend }) =>
      backend.share(inputs['x']),
};

/** What differs from zero is true; tfjs-wasm keeps the last byte of the whole number instead. */
function truth(backend: FastWasmBackend, x: TensorInfo): TensorInfo {
  const result = backend.makeOutput(x.shape, 'bool');
  const values = backend.typedArrayFromHeap(x);
  const truths = backend.typedArrayFromHeap(result);
  for (let index = 0; index < values.length; index++) truths[index] = values[index] === 0 ? 0 : 1;
  return result;
}

/** A cast to the type that the tensor already has shares the data too. */
export const cast: KernelDefinition = {
  name: 'Cast',
  make: (stock) => (call) => {
    const { x } = call.inputs;
    const { dtype } = call.attrs;
    if (x.dtype === dtype) return call.backend.share(x);
    if (dtype === 'complex64') return cpuFallback(tf.Cast)(call);
    if (dtype === 'bool' && x.dtype !== 'string') return truth(call.backend, x);
    if (stock === undefined) throw new Error('tfjs-wasm has no Cast kernel');
    return stock(call);
  },
};
