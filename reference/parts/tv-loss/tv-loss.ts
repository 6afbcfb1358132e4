import * as tf from '@tensorflow/tfjs';

/**
 * Total variation loss: the squared differences of all pairs of neighbouring pixels, horizontal and vertical, in each
 * channel (Mahendran and Vedaldi, "Understanding Deep Image Representations by Inverting Them", CVPR 2015, with
 * exponent 2):
 *
 *     L_tv = w_t * sum_c ( sum_ij (x_{i+1,j,c} - x_{i,j,c})^2 + sum_ij (x_{i,j+1,c} - x_{i,j,c})^2 )
 *
 * @param image `x`, shape `[N, H, W, C]`; the losses of a batch add up.
 * @param weight `w_t`.
 * @returns the loss, a scalar (shape `[]`), differentiable with respect to the image.
 */
export function tvLoss(image: tf.Tensor4D, weight: number): tf.Scalar {
  // TODO: how can all neighbours be compared at once? A loop over pixels is hundreds of times slower and is not accepted.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const [n, height, width, channels] = image.shape;
    const below = image.slice([0, 1, 0, 0], [n, height - 1, width, channels]); // x_{i+1,j}: [N, H-1, W, C]
    const above = image.slice([0, 0, 0, 0], [n, height - 1, width, channels]); // x_{i,j}
    const right = image.slice([0, 0, 1, 0], [n, height, width - 1, channels]); // x_{i,j+1}: [N, H, W-1, C]
    const left = image.slice([0, 0, 0, 0], [n, height, width - 1, channels]); // x_{i,j}
    const vertical = below.sub(above).square().sum(); // []
    const horizontal = right.sub(left).square().sum(); // []
    return vertical.add(horizontal).mul<tf.Scalar>(weight);
  });
  // END SOLUTION
}
