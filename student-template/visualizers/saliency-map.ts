import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

/**
 * Saliency maps (Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks: Visualising Image
 * Classification Models and Saliency Maps", 2014): how much a small change of each pixel would change the score of
 * the image's class,
 *
 *     M_ij = max_c | d s_y(I) / d I_ijc |
 *
 * with `s_y` the *unnormalized* score (logit) of class `y`.
 *
 * @param images preprocessed images `I`, shape `[N, H, W, 3]`.
 * @param labels the class `y` of each image, int32, shape `[N]`.
 * @param model the classifier to look into.
 * @returns a map for each image, shape `[N, H, W]`, all values >= 0.
 */
export function computeSaliencyMaps(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  model: Classifier,
): tf.Tensor3D {
  // TODO: which number is to be differentiated, and with respect to what? gradientOf of lib/gradient.ts does it.
  // One gradient serves the whole batch: no image influences the score of another.
  throw new NotImplementedError('computeSaliencyMaps');
}
