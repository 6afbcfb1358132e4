import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { cpuFallback } from '../cpu-fallback.ts';

/**
 * Sums of the rows of each segment, added up in float64. The plain backend goes through all rows for each segment,
 * which the gradient of `gather` from many classes would wait for.
 */
export const unsortedSegmentSum: KernelDefinition = {
  name: tf.UnsortedSegmentSum,
  make: () => (call) => {
    const { inputs, attrs, backend } = call;
    const { x, segmentIds } = inputs;
    // Of whole numbers the plain backend makes floats.
    if (x.dtype !== 'float32') return cpuFallback(tf.UnsortedSegmentSum)(call);
    const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
    const result = backend.makeOutput([numSegments, ...x.shape.slice(1)], 'float32');
    const rowSize = tf.util.sizeFromShape(x.shape.slice(1));
    const sums = new Float64Array(numSegments * rowSize);
    const values = backend.floats(x);
    backend.typedArrayFromHeap(segmentIds).forEach((segment, row) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let at = 0; at < rowSize; at++) sums[segment * rowSize + at] += values[row * rowSize + at];
    });
    backend.floats(result).set(sums);
    return result;
  },
};
