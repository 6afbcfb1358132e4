import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { gradientOf } from '../../lib/gradient.ts';
import { noisyCopy } from './noisy-copy.ts';
import { saliencyVariantDefaults } from './contract.ts';
import type { SaliencyVariantOptions } from './contract.ts';

/**
 * A saliency map (sensitivity analysis; Simonyan, Vedaldi and Zisserman, 2014) in one of its variants. With the
 * output `f_y` of the image's class, which is its score, probability or log-probability,
 *
 *     g = mean over the noisy copies x_k of  d f_y(x_k) / d x_k
 *     M_ij = max_c |g_ijc|   (absolute)        M_ij = sum_c g_ijc   (signed)
 *     M_ij = 0   where   |M_ij| < threshold * max |M|
 *
 * Averaging over copies is SmoothGrad (Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017); without
 * smoothing the only copy is the image itself. Each image has its own largest value; a map of zeros stays one.
 *
 * @param images preprocessed images, shape `[N, H, W, 3]`.
 * @param labels the class `y` of each image, int32, shape `[N]`: the correct one, the predicted one or any other.
 * @param model the classifier to look into.
 * @param options see {@link SaliencyVariantOptions}.
 * @returns a map for each image, shape `[N, H, W]`.
 */
export function saliencyVariant(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  model: Classifier,
  options: SaliencyVariantOptions = {},
): tf.Tensor3D {
  const { output, sign, smoothing, threshold } = { ...saliencyVariantDefaults, ...options };
  // TODO: the output as a function of the images, for each of the three; gradientOf of lib/gradient.ts differentiates
  // it. The order of averaging, combining channels and cutting matters: what would be lost in another?
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const outputOfClass = (x: tf.Tensor): tf.Tensor => {
      const scores = model.logits(x); // s: [N, classes]
      const chosen = tf.oneHot(labels, scores.shape[1]); // 1 at the class y of each image: [N, classes]
      if (output === 'softmax') return tf.softmax(scores).mul(chosen).sum(); // []
      if (output === 'log-softmax') return tf.logSoftmax(scores).mul(chosen).sum(); // []
      return scores.mul(chosen).sum(); // []
    };
    const gradientAt = (x: tf.Tensor4D): tf.Tensor4D => gradientOf(outputOfClass, x);
    let gradient = gradientAt(smoothing ? noisyCopy(images, 0, smoothing) : images); // [N, H, W, 3]
    if (smoothing) {
      for (let k = 1; k < smoothing.samples; k++) {
        gradient = tf.tidy(() => gradient.add(gradientAt(noisyCopy(images, k, smoothing)))); // [N, H, W, 3]
      }
      gradient = gradient.div(smoothing.samples); // g: [N, H, W, 3]
    }
    const map = sign === 'absolute' ? gradient.abs().max(3) : gradient.sum(3); // M: [N, H, W]
    const magnitude = map.abs(); // [N, H, W]
    const least = magnitude.max([1, 2], true).mul(threshold); // [N, 1, 1]
    return map.mul<tf.Tensor3D>(magnitude.greaterEqual(least)); // [N, H, W]
  });
  // END SOLUTION
}
