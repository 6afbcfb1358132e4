import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { randomStream } from '../random.ts';

/** A preprocessed picture of the mean colour, all zeros: `[1, side, side, 3]`. */
export function zeroStart(side: number): Tensor4D {
  return tf.zeros([1, side, side, 3]);
}

/** A preprocessed picture of normal noise, `[1, side, side, 3]`; the same seed gives the same one. */
export function noiseStart(side: number, seed: string | number, deviation = 1): Tensor4D {
  const noise = randomStream(seed)
    .derive('start')
    .normals(side * side * 3, 0, deviation);
  return tf.tensor4d(noise, [1, side, side, 3]);
}
