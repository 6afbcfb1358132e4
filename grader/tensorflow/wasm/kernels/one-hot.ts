import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';

/** Rows with one value turned on. tfjs-wasm writes integers, whatever the type of the result: 1 is 1.4e-45 as a float32. */
export const oneHot: KernelDefinition = {
  name: tf.OneHot,
  make:
    () =>
    ({ inputs: { indices }, attrs, backend }) => {
      const { dtype, depth, onValue, offValue } = attrs as unknown as tf.OneHotAttrs;
      const result = backend.makeOutput([...indices.shape, depth], dtype);
      const to = backend.typedArrayFromHeap(result).fill(offValue);
      const chosen = backend.typedArrayFromHeap(indices);
      for (let row = 0; row < chosen.length; row++) {
        if (chosen[row] >= 0 && chosen[row] < depth) to[row * depth + chosen[row]] = onValue;
      }
      return result;
    },
};
