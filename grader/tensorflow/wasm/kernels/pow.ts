import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { cpuFallback } from '../cpu-fallback.ts';

/** Powers. To an exponent that is NaN or infinite C makes 1 of 1, JavaScript and the plain backend NaN. */
export const pow: KernelDefinition = {
  name: tf.Pow,
  make: (stock) => (call) => {
    const exponents = call.backend.typedArrayFromHeap(call.inputs['b']);
    return stock !== undefined && exponents.every(Number.isFinite) ? stock(call) : cpuFallback(tf.Pow)(call);
  },
};
