import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { cpuFallback } from '../cpu-fallback.ts';

/**
 * Running sums and products along an axis, carried on in float64. tfjs-wasm's write beyond their result where the
 * axis is counted from the end.
 */
function cumulative(
  name: string,
  start: number,
  combine: (total: number, value: number) => number,
): KernelDefinition {
  return {
    name,
    make: () => (call) => {
      const { inputs, attrs, backend } = call;
      const { x } = inputs;
      if (x.dtype !== 'float32') return cpuFallback(name)(call);
      const { axis, exclusive, reverse } = attrs as unknown as tf.CumsumAttrs;
      const [along] = tf.util.parseAxisParam(axis, x.shape);
      const result = backend.makeOutput(x.shape, 'float32');
      const [from, to] = [backend.floats(x), backend.floats(result)];
      const length = x.shape[along] ?? 1;
      const stride = tf.util.sizeFromShape(x.shape.slice(along + 1));
      const step = reverse ? -stride : stride;
      for (let block = 0; block < from.length; block += length * stride) {
        for (let line = block; line < block + stride; line++) {
          let total = start;
          let at = reverse ? line + (length - 1) * stride : line;
          for (let count = 0; count < length; count++, at += step) {
            if (exclusive) to[at] = total;
            total = combine(total, from[at]);
            if (!exclusive) to[at] = total;
          }
        }
      }
      return result;
    },
  };
}

export const cumsum = cumulative(tf.Cumsum, 0, (total, value) => total + value);
export const cumprod = cumulative(tf.Cumprod, 1, (total, value) => total * value);
