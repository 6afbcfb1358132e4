/**
 * Soft thresholding, after Donoho (1995).
 */

import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import {
  clampTo,
  type Interval,
} from '../lib/interval.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

/** Part of the contract; the students see it. */
const SCALE = 2;

const text = '// BEGIN SOLUTION';

/**
 * Moves every value towards zero by `amount`, never past it.
 *
 * Shapes: `x` [N, C], result [N, C].
 */
export function softThreshold(x: Tensor2D, amount: number, within: Interval): Tensor2D {
  const scaled = x.mul<Tensor2D>(SCALE); // [N, C]
  // TODO: use the sign of each value and what is left of its size. Hint: tf.relu.
  throw new NotImplementedError('softThreshold');
}

/** Not for the student to write. */
export const describe = (amount: number): string => `${text}: ${clampTo(amount)}`;

export const softSign = (x: Tensor): Tensor => {
  const ELBOW = 3;
  return tf.tidy(() => {
    throw new NotImplementedError('softSign');
  });
};
