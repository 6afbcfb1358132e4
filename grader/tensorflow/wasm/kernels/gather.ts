import * as tf from '@tensorflow/tfjs';
import { flattenGather } from '../../gradients/flatten-gather.ts';
import type { KernelDefinition } from '../kernel.ts';

/** Picks slices by index. tfjs-wasm forgets the batch of the indices and reads beyond them (tensorflow/tfjs#8658). */
export const gather: KernelDefinition = {
  name: tf.GatherV2,
  make:
    () =>
    ({ inputs: { x, indices }, attrs, backend }) => {
      const info = flattenGather(x, indices, attrs as unknown as tf.GatherV2Attrs);
      const { batchSize, outerSize, dimSize, sliceSize, count, outputShape } = info;
      const result = backend.makeOutput(outputShape, x.dtype);
      const picked = backend.typedArrayFromHeap(indices);
      for (const index of picked) {
        tf.util.assert(
          index >= 0 && index < dimSize,
          () => `GatherV2: the index value ${index} is not in [0, ${dimSize - 1}]`,
        );
      }
      const from = backend.typedArrayFromHeap(x);
      const to = backend.typedArrayFromHeap(result);
      let at = 0;
      for (let batch = 0; batch < batchSize; batch++) {
        for (let outer = 0; outer < outerSize; outer++) {
          const base = (batch * outerSize + outer) * dimSize;
          for (let place = 0; place < count; place++) {
            const start = (base + picked[batch * count + place]) * sliceSize;
            if (sliceSize === 1) to[at] = from[start];
            else to.set(from.subarray(start, start + sliceSize), at);
            at += sliceSize;
          }
        }
      }
      return result;
    },
};
