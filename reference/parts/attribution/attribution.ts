import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { attributionDefaults, integrationDefaults } from './contract.ts';
import type { AttributionOptions, IntegrationOptions } from './contract.ts';

/** The gradient of the labels' scores at some images, `[N, H, W, 3]`. */
function gradientOfScores(images: tf.Tensor, labels: tf.Tensor1D, model: Classifier): tf.Tensor {
  const labelledScores = (x: tf.Tensor): tf.Tensor => {
    const scores = model.logits(x); // s: [N, classes]
    return tf.oneHot(labels, scores.shape[1]).mul(scores).sum(); // sum over the batch of s_y: []
  };
  return tf.grad(labelledScores)(images);
}

/**
 * Attribution by a scaled input: the saliency map at the image multiplied by a factor `a`,
 *
 *     M_ij = max_c | d s_y(x) / d x_ijc |   at   x = a * I
 *
 * with `s_y` the unnormalized score. The smaller `a`, the fainter the image, and the less of the network is saturated.
 * The gradient is with respect to the scaled image `x`, so `a` is no factor of the map.
 *
 * @param images preprocessed images `I`, shape `[N, H, W, 3]`.
 * @param labels the class `y` to explain each image for, correct or not, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @returns a map for each image, shape `[N, H, W]`, all values >= 0.
 */
export function attribute(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  model: Classifier,
  options: AttributionOptions = {},
): tf.Tensor3D {
  const { scale } = { ...attributionDefaults, ...options };
  // TODO: with respect to what is the gradient taken? gradientOf of lib/gradient.ts takes it.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const gradient = gradientOfScores(images.mul(scale), labels, model); // [N, H, W, 3]
    return gradient.abs().max<tf.Tensor3D>(3); // [N, H, W]
  });
  // END SOLUTION
}

/**
 * Integrated gradients (Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks", 2017): the mean of the
 * gradients on the straight way from a baseline `B` to the image, times the difference of the two,
 *
 *     IG = (I - B) * mean over k of  d s_y(x_k) / d x_k,     x_k = B + a_k * (I - B),     a_k = (k - 0.5) / m
 *
 * for `k = 1 ... m`: the midpoints of `m` equal intervals of [0, 1]. They are complete: the values of an image sum to
 * `s_y(I) - s_y(B)`, up to the error of the sum over `m` points.
 *
 * @param images preprocessed images `I`, shape `[N, H, W, 3]`.
 * @param labels the class `y` to explain each image for, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @returns signed attributions, shape `[N, H, W, 3]`: positive where a value speaks for the class.
 */
export function integratedGradients(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  model: Classifier,
  options: IntegrationOptions = {},
): tf.Tensor4D {
  const { steps, baseline } = { ...integrationDefaults, ...options };
  // TODO: a tf.tidy around each point of the way keeps the memory small. Without a baseline B is 0 everywhere.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const way = baseline ? images.sub(baseline) : images; // I - B: [N, H, W, 3]
    let total: tf.Tensor = tf.zerosLike(images); // [N, H, W, 3]
    for (let k = 1; k <= steps; k++) {
      total = tf.tidy(() => {
        const scaled = way.mul((k - 0.5) / steps); // a_k * (I - B): [N, H, W, 3]
        const point = baseline ? scaled.add(baseline) : scaled; // x_k: [N, H, W, 3]
        return total.add(gradientOfScores(point, labels, model));
      });
    }
    return way.mul<tf.Tensor4D>(total.div(steps)); // IG: [N, H, W, 3]
  });
  // END SOLUTION
}
