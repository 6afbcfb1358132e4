import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { randomStream } from '../random.ts';

/** How far from black and white a picture must stay for its sigmoid variable to be moved at all. */
const MARGIN = 0.02;

/** Pixels to start from, `[1, side, side, 3]` in [0, 1]: black, white, or uniform noise between 0.2 and 0.8. */
export function startPixels(
  kind: 'zeros' | 'ones' | 'noise',
  side: number,
  seed: string | number = 'noise',
): Tensor4D {
  const shape: [number, number, number, number] = [1, side, side, 3];
  if (kind === 'zeros') return tf.zeros(shape);
  if (kind === 'ones') return tf.ones(shape);
  return tf.tensor4d(
    randomStream(seed)
      .derive('pixels')
      .uniforms(side * side * 3, 0.2, 0.8),
    shape,
  );
}

/**
 * The variable whose sigmoid is the given pixels. Black and white have none, so pixels are first brought into
 * [0.02, 0.98].
 *
 * @param pixels in [0, 1], any shape; neither changed nor disposed of.
 * @returns a new tensor of the same shape, values in about [-3.9, 3.9].
 */
export function inverseSigmoid(pixels: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const inner = tf.clipByValue(pixels, MARGIN, 1 - MARGIN);
    return inner.div<Tensor4D>(tf.sub(1, inner)).log();
  });
}
