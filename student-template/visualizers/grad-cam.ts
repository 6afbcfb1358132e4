import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

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
  // TODO: take the layer's activations (model.features) and the gradient of the correct-class scores with respect to
  // them: model.fromFeatures is the rest of the network as a function of these activations.
  // Average the gradient over the places, weight the channels, keep what is positive. Enlarge with
  // tf.image.resizeBilinear, whose last argument asks for half-pixel centres; scale each map on its own.
  throw new NotImplementedError('gradCam');
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
  // TODO: make a ReLU with a gradient of its own (tf.customGrad; save its input for the way back) and hand it to
  // model.logits as the option `relu`. The rest is the gradient of the correct-class scores.
  throw new NotImplementedError('guidedBackprop');
}
