import * as tf from '@tensorflow/tfjs';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

/**
 * Gram matrix: how strongly the channels of a feature map fire together, summed over all positions `k`
 * (Gatys et al., CVPR 2016):
 *
 *     G_ij = sum_k F_ik F_jk
 *
 * @param features `F`, shape `[N, H, W, C]`.
 * @param normalize divide by the number of values of one feature map, `H * W * C`.
 * @returns `G` of every image of the batch, shape `[N, C, C]`.
 */
export function gramMatrix(features: tf.Tensor4D, normalize: boolean = true): tf.Tensor3D {
  // TODO: the sum over all positions is a product of two matrices. Which shapes must they have, and which of them is
  // transposed (tf.matMul can do that)?
  throw new NotImplementedError('gramMatrix');
}

/**
 * Style loss: the squared distances between the Gram matrices `G` of the current image and `A` of the style image,
 * weighted and summed over a set of layers (Gatys et al., CVPR 2016):
 *
 *     L_s = sum_l w_l * sum_ij (G^l_ij - A^l_ij)^2
 *
 * @param features the activations of the current image at *every* layer of the network, each `[1, H, W, C]`.
 * @param layers indices into `features`: the layers that count.
 * @param targets `A` for each of these layers, in their order, each `[1, C, C]`, normalized.
 * @param weights `w_l` for each of these layers, in their order.
 * @returns the loss, a scalar (shape `[]`), differentiable with respect to the features.
 */
export function styleLoss(
  features: readonly tf.Tensor4D[],
  layers: readonly number[],
  targets: readonly tf.Tensor3D[],
  weights: readonly number[],
): tf.Scalar {
  // TODO: a loop over the few layers is fine; within a layer use tensor operations. Which target belongs to which layer?
  throw new NotImplementedError('styleLoss');
}
