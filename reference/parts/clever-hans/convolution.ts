import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

/**
 * A convolution that keeps the size of the picture: stride 1, zeros around the border.
 *
 * Both of its gradients are convolutions themselves. That with respect to the picture takes the filter turned by
 * half a turn, with inputs and outputs swapped. That with respect to the filter takes the batch for the channels:
 * each weight of the filter is the sum, over all pictures and places, of an input times the gradient of an output.
 * Written this way they run on every backend of TensorFlow.js; its own WASM backend lacks the second one.
 *
 * @param images `[N, H, W, C]`
 * @param filter `[side, side, C, K]` with an odd side
 * @returns `[N, H, W, K]`
 */
export function convolution(images: Tensor4D, filter: Tensor4D): Tensor4D {
  const margin = (filter.shape[0] - 1) / 2;
  const operation = tf.customGrad((x, f, save) => {
    (save as (tensors: tf.Tensor[]) => void)([x as tf.Tensor, f as tf.Tensor]);
    return {
      value: tf.conv2d(x as Tensor4D, f as Tensor4D, 1, 'same'),
      gradFunc: (dy: Tensor4D, [savedX, savedF]: tf.Tensor[]) => {
        const turned = tf.reverse(savedF, [0, 1]).transpose<Tensor4D>([0, 1, 3, 2]); // [side, side, K, C]
        const toImages = tf.conv2d(dy, turned, 1, 'same'); // [N, H, W, C]
        const channelsFirst = savedX.transpose<Tensor4D>([3, 1, 2, 0]); // [C, H, W, N]
        const asFilter = dy.transpose<Tensor4D>([1, 2, 0, 3]); // [H, W, N, K]
        const border: [number, number] = [margin, margin];
        const framed = tf.pad(channelsFirst, [[0, 0], border, border, [0, 0]]); // [C, H + side - 1, W + side - 1, N]
        const sums = tf.conv2d(framed, asFilter, 1, 'valid'); // [C, side, side, K]
        return [toImages, sums.transpose([1, 2, 0, 3])];
      },
    };
  });
  return operation(images, filter) as Tensor4D;
}
