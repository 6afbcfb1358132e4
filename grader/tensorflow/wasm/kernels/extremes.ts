import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { cpuFallback } from '../cpu-fallback.ts';
import { maybeNaN } from './maybe-nan.ts';

/** The larger or smaller of two; tfjs-wasm's may lose a NaN. */
function keepingNaN(name: string): KernelDefinition {
  return {
    name,
    make: (stock) => (call) => {
      const lost = maybeNaN(call.backend, call.inputs['a']) || maybeNaN(call.backend, call.inputs['b']);
      return stock === undefined || lost ? cpuFallback(name)(call) : stock(call);
    },
  };
}

export const maximum = keepingNaN(tf.Maximum);
export const minimum = keepingNaN(tf.Minimum);
