import * as tf from '@tensorflow/tfjs';

/**
 * Content loss (Gatys et al., "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016):
 *
 *     L_c = w_c * sum_ij (F_ij - P_ij)^2
 *
 * @param weight `w_c`, the weight of the content loss.
 * @param current `F`, features of the current image at one layer, shape `[1, H, W, C]`.
 * @param original `P`, features of the content image at the same layer, shape `[1, H, W, C]`.
 * @returns the loss, a scalar (shape `[]`), differentiable with respect to `current`.
 */
export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): tf.Scalar {
  // TODO: one line of tensor operations is enough; no loop is needed.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const difference = current.sub(original); // F - P: [1, H, W, C]
    return difference.square().sum().mul<tf.Scalar>(weight); // []
  });
  // END SOLUTION
}
