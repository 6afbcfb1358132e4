import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

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
 * Blurs pictures `[N, H, W, C]` with a Gaussian of standard deviation `sigma` in pixels, each channel on its own. At
 * the border the picture is continued by its mirror image. A `sigma` of 0 changes nothing. TensorFlow.js cannot
 * differentiate it: blur between the steps of an optimization, not inside the objective.
 */
export function blur(images: Tensor4D, sigma: number): Tensor4D {
  return tf.tidy(() => {
    const weights = gaussian(sigma);
    const radius = (weights.length - 1) / 2;
    if (!(sigma > 0) || radius === 0) return images.clone();
    const channels = images.shape[3];
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
