import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { isRepeatedWhole } from '../../repeated-whole.ts';
import { cpuFallback } from '../cpu-fallback.ts';
import { maybeNaN } from './maybe-nan.ts';

/** ReLU with slopes; tfjs-wasm takes them for the last axes of `x` whatever their shape, and
 * may lose a NaN. */
export const prelu: KernelDefinition = {
  name: tf.Prelu,
  make: (stock) => (call) => {
    const { x, alpha } = call.inputs;
    const lost = maybeNaN(call.backend, x) || maybeNaN(call.backend, alpha);
    const fits = alpha.shape.length <= x.shape.length && isRepeatedWhole(alpha.shape, x.shape);
    return stock !== undefined && fits && !lost ? stock(call) : cpuFallback(tf.Prelu)(call);
  },
};
