import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { saliencyVariantDefaults } from '../contract/saliency-variants.ts';
import type { SaliencyVariantOptions } from '../contract/saliency-variants.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

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
  throw new NotImplementedError('saliencyVariant');
}
