import type * as TensorFlow from '@tensorflow/tfjs';
import { SHARED } from './shared-tensorflow.ts';

/**
 * What solutions do, in small: a bundle that the runner is given while the code of its functions is made. The numbers
 * mean nothing.
 */
const tf = (globalThis as Record<symbol, unknown>)[SHARED] as typeof TensorFlow;

function score(x: TensorFlow.Tensor4D, filter: TensorFlow.Tensor4D): TensorFlow.Scalar {
  const hidden = tf.relu(tf.conv2d(x, filter, 1, 'same').add(tf.ones([4]))) as TensorFlow.Tensor4D;
  const pooled = tf.concat([tf.maxPool(hidden, 3, 2, 'valid'), tf.avgPool(hidden, 3, 2, 'valid')], 3);
  const logits = pooled.mean<TensorFlow.Tensor2D>([1, 2]);
  const chosen = tf
    .oneHot(tf.tensor1d([1], 'int32'), 8)
    .mul(tf.logSoftmax(logits))
    .sum();
  const smooth = x
    .slice([0, 1, 0, 0])
    .sub(x.slice([0, 0, 0, 0], [-1, x.shape[1] - 1, -1, -1]))
    .square()
    .sum();
  return chosen.add(smooth.mul(1e-3)).asScalar();
}

/** Forward, backward, and what is done with a gradient. */
export function work(x: TensorFlow.Tensor4D): { image: TensorFlow.Tensor; losses: number[] } {
  const filter = tf.fill([3, 3, 3, 4], 0.1) as TensorFlow.Tensor4D;
  const losses: number[] = [];
  let image = x.clone();
  for (let step = 0; step < 3; step++) {
    const next = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads(score as (...xs: TensorFlow.Tensor[]) => TensorFlow.Scalar)([
        image,
        filter,
      ]);
      const [gradient] = grads;
      const scaled = gradient.div(gradient.norm().add(1e-8)).abs().max(3).expandDims(3);
      losses.push(value.dataSync()[0]);
      return tf.clipByValue(image.add(gradient.mul(scaled)), -2, 2) as TensorFlow.Tensor4D;
    });
    image.dispose();
    image = next;
  }
  filter.dispose();
  return { image, losses };
}

export const modules = { 'warm-up.ts': { work, sum: (x: TensorFlow.Tensor) => x.square().sum() } };
