import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { gradientOf, withGradient } from '../../lib/gradient.ts';

/**
 * Grad-CAM (Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization",
 * 2017): which places of a layer speak for a class. With the layer's activations `A_k` and the unnormalized score
 * `s_y` of the image's class,
 *
 *     alpha_k = mean over all places (i, j) of d s_y / d A_ijk,     L = relu( sum over k of alpha_k * A_k )
 *
 * The map `L` is enlarged to the size of the image (bilinear, half-pixel centres), then divided by its largest value.
 * A map that is 0 everywhere stays so.
 *
 * @param images preprocessed images, shape `[N, H, W, 3]`.
 * @param labels the class `y` of each image, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @param layer which of `model.features(images)` to look at.
 * @returns a map for each image, shape `[N, H, W]`, in [0, 1].
 */
export function gradCam(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  model: Classifier,
  layer: number,
): tf.Tensor3D {
  // TODO: as the formula says. Which of the model's methods is the score as a function of a layer's activations?
  // The last argument of tf.image.resizeBilinear asks for half-pixel centres. What is a map of zeros divided by?
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const activation = model.features(images)[layer]; // A: [N, h, w, K]
    const correctScores = (a: tf.Tensor): tf.Tensor => {
      const scores = model.fromFeatures(a, layer); // s: [N, classes]
      return scores.mul(tf.oneHot(labels, scores.shape[1])).sum(); // sum over the batch of s_y: []
    };
    const gradient = gradientOf(correctScores, activation); // d s_y / d A: [N, h, w, K]
    const weights = gradient.mean([1, 2], true); // alpha: [N, 1, 1, K]
    const maps = activation.mul(weights).sum(3, true).relu<tf.Tensor4D>(); // L: [N, h, w, 1]
    const [, height, width] = images.shape;
    const enlarged = tf.image.resizeBilinear(maps, [height, width], false, true); // [N, H, W, 1]
    const largest = enlarged.max([1, 2], true); // [N, 1, 1, 1]
    return enlarged.divNoNan(largest).squeeze<tf.Tensor3D>([3]); // [N, H, W]
  });
  // END SOLUTION
}

/**
 * Guided backpropagation (Springenberg et al., "Striving for Simplicity: The All Convolutional Net", 2015): the
 * gradient of the score with respect to the image, except that each ReLU passes a gradient back only where both its
 * input and the gradient itself are positive. What remains are the pixels that speak *for* the class.
 *
 * @param images preprocessed images, shape `[N, H, W, 3]`.
 * @param labels the class of each image, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @returns the guided gradient, shape `[N, H, W, 3]`.
 */
export function guidedBackprop(images: tf.Tensor4D, labels: tf.Tensor1D, model: Classifier): tf.Tensor4D {
  // TODO: withGradient of lib/gradient.ts makes a function with a gradient of its own; model.logits takes a ReLU in
  // place of the usual one.
  // BEGIN SOLUTION
  const guidedRelu = withGradient(
    (x) => x.relu(),
    (dy, x) => dy.relu().mul(x.greater(0)), // as x
  );
  return tf.tidy(() => {
    const correctScores = (x: tf.Tensor): tf.Tensor => {
      const scores = model.logits(x, { relu: guidedRelu }); // s: [N, classes]
      return scores.mul(tf.oneHot(labels, scores.shape[1])).sum(); // sum over the batch of s_y: []
    };
    return gradientOf(correctScores, images); // [N, H, W, 3]
  });
  // END SOLUTION
}
