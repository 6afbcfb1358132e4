import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { contrastSmoothing } from '../contract/contrastive.ts';
import type { Contrast, ContrastMethod, ContrastOptions } from '../contract/contrastive.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

/**
 * A contrastive explanation: why did the model predict `p` rather than the correct class `a`? (Miller, "Explanation in
 * artificial intelligence: Insights from the social sciences", 2019: people ask why this *rather than that*.) With `M_y`
 * the map of an image for class `y`,
 *
 *     difference = M_p - M_a
 *
 * where the maps are
 * - `saliency`: the largest magnitude of the score's gradient over the channels (`computeSaliencyMaps`),
 * - `grad-cam`: Grad-CAM of one layer, each map scaled to [0, 1] (`gradCam`),
 * - `smoothed`: the same as `saliency`, of the gradient averaged over noisy copies of the image (SmoothGrad).
 *
 * @param image preprocessed images, shape `[N, H, W, 3]`; usually one.
 * @param predicted the class `p` of each image, int32, shape `[N]`.
 * @param actual the class `a` of each image, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @param method how to make the maps.
 * @param options settings of the methods, see {@link ContrastOptions}.
 * @returns the maps for both classes and their difference, each `[N, H, W]`.
 */
export function contrast(
  image: tf.Tensor4D,
  predicted: tf.Tensor1D,
  actual: tf.Tensor1D,
  model: Classifier,
  method: ContrastMethod,
  options: ContrastOptions = {},
): Contrast {
  const { smoothing = contrastSmoothing } = options;
  // TODO: you have written a function for each of the methods. Both maps must be made in the same way; only the labels
  // differ. How many features has this model?
  throw new NotImplementedError('contrast');
}
