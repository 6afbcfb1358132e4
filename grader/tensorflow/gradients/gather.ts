import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { flattenGather } from './flatten-gather.ts';

function gatherGradient(dy: Tensor, x: Tensor, indices: Tensor, attrs: tf.GatherV2Attrs): Tensor {
  if (dy.size === 0) return tf.zerosLike(x);
  const { batchSize, outerSize, dimSize, sliceSize, count } = flattenGather(x, indices, attrs);
  const slices = tf.transpose(tf.reshape(dy, [batchSize, outerSize, count, sliceSize]), [0, 2, 1, 3]);
  const offsets = tf.mul(
    tf.reshape(tf.range(0, batchSize, 1, 'int32'), [batchSize, 1]),
    tf.scalar(dimSize, 'int32'),
  );
  const places = tf.add(tf.reshape(indices, [batchSize, count]), offsets);
  const sums = tf.unsortedSegmentSum(
    tf.reshape(slices, [batchSize * count, outerSize * sliceSize]),
    tf.reshape(places, [-1]) as tf.Tensor1D,
    batchSize * dimSize,
  );
  const byDim = tf.reshape(sums, [batchSize, dimSize, outerSize, sliceSize]);
  return tf.reshape(tf.transpose(byDim, [0, 2, 1, 3]), x.shape);
}

/** Gives `gather` a gradient for any number of batch dimensions; TensorFlow.js has one for none and for one. */
export function registerGatherGradient(): void {
  tf.unregisterGradient(tf.GatherV2);
  tf.registerGradient({
    kernelName: tf.GatherV2,
    inputsToSave: ['x', 'indices'],
    gradFunc: (dy, [x, indices], attrs) => ({
      x: () => gatherGradient(dy as Tensor, x, indices, attrs as unknown as tf.GatherV2Attrs),
      indices: () => tf.zerosLike(indices),
    }),
  });
}
