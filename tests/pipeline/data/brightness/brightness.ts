import * as tf from '@tensorflow/tfjs';

/** The mean of all values of an image. */
export function brightness(image: tf.Tensor4D): tf.Scalar {
  // TODO: one operation is enough.
  // BEGIN SOLUTION
  return image.mean<tf.Scalar>();
  // END SOLUTION
}
