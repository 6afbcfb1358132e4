import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { numberedClasses } from './numbered-classes.ts';

/** The nominal size of a model that takes pictures of any size. */
const nominalSize = 16;

/**
 * One bank of filters, ReLU, global average pooling and a dense layer:
 * `A = relu(I * F + b)`, `s_y(I) = sum over k of mean(A_k) * V[k, y] + c[y]`.
 *
 * Grad-CAM can be worked out by hand: the gradient of score `y` with respect to `A[h, w, k]` is
 * `V[k, y] / (h*w)` everywhere, hence the map is `relu(sum over k of V[k, y] / (h*w) * A_k)`. The convolution
 * has stride 1 and pads with zeros, so `A` is as large as the image, which may have any size. The only feature
 * (index 0) is `A`.
 *
 * @param filters `[kernel height, kernel width, channels, K]`.
 * @param dense `[K, classes]`.
 * @param filterBias `[K]`; default: none.
 * @param denseBias `[classes]`; default: none.
 * @throws Error when the two shapes do not fit each other.
 */
export function oneConvolution(
  filters: Tensor4D,
  dense: Tensor2D,
  filterBias?: Tensor1D,
  denseBias?: Tensor1D,
): Classifier {
  if (filters.rank !== 4 || dense.rank !== 2 || filters.shape[3] !== dense.shape[0]) {
    throw new Error(
      'oneConvolution: expected filters [kernel height, kernel width, channels, K] and dense [K, classes], ' +
        `got [${filters.shape}] and [${dense.shape}]`,
    );
  }

  const activate = (image: Tensor4D, relu: (x: tf.Tensor) => tf.Tensor): Tensor4D =>
    tf.tidy(() => {
      const responses = tf.conv2d(image, filters, 1, 'same'); // [N, H, W, K]
      return relu(filterBias === undefined ? responses : responses.add(filterBias)) as Tensor4D;
    });
  const score = (activation: Tensor4D): Tensor2D =>
    tf.tidy(() => {
      const pooled = activation.mean<Tensor2D>([1, 2]); // [N, K]
      const scores = pooled.matMul(dense); // [N, classes]
      return (denseBias === undefined ? scores : scores.add(denseBias)) as Tensor2D;
    });

  return {
    name: 'one convolution',
    inputSize: nominalSize,
    classNames: numberedClasses(dense.shape[1]),
    logits: (x: Tensor4D, { relu = tf.relu } = {}) => tf.tidy(() => score(activate(x, relu))),
    features: (x: Tensor4D) => [activate(x, tf.relu)],
    fromFeatures(activation: Tensor4D, index) {
      if (index !== 0) {
        throw new Error(
          `one convolution: there is no feature ${index}; its only feature is 0, after the ReLU`,
        );
      }
      return score(activation);
    },
  };
}
