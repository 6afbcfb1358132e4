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
  // TODO: take the gradient of the correct-class scores with respect to the images (tf.grad), then its magnitude,
  // then the largest of the three channels.
  // The scores of a batch may be summed before taking the gradient: no image influences another one's score.
  throw new NotImplementedError('computeSaliencyMaps');
}
