import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

/** Samples of a Gaussian out to four standard deviations; they sum to 1. */
function gaussian(sigma: number): number[] {
  const radius = Math.floor(4 * sigma + 0.5);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / sigma) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Blurs pictures with a Gaussian, each channel on its own. At the border the picture is continued by its mirror image.
 * TensorFlow.js cannot differentiate it: blur between the steps of an optimization, not inside the objective.
 *
 * @param images `[N, H, W, C]`; neither changed nor disposed of.
 * @param sigma standard deviation in pixels; 0 changes nothing.
 * @returns new pictures of the same shape, `[N, H, W, C]`.
 */
export function blur(images: Tensor, sigma: number): Tensor4D {
  return tf.tidy(() => {
    const weights = gaussian(sigma);
    const radius = (weights.length - 1) / 2;
    if (!(sigma > 0) || radius === 0) return images.clone() as Tensor4D;
    const [, , , channels] = images.shape;
    const filter = tf.tile(tf.tensor4d(weights, [weights.length, 1, 1, 1]), [1, 1, channels, 1]);
    const mirrored = tf.mirrorPad(
      images,
      [
        [0, 0],
        [radius, radius],
        [radius, radius],
        [0, 0],
      ],
      'symmetric',
    );
    const down = tf.depthwiseConv2d(mirrored as Tensor4D, filter as Tensor4D, 1, 'valid'); // [N, H, W + 2r, C]
    return tf.depthwiseConv2d(down, filter.transpose<Tensor4D>([1, 0, 2, 3]), 1, 'valid'); // [N, H, W, C]
  });
}
