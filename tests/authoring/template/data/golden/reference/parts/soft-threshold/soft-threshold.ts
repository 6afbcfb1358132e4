/**
 * Soft thresholding, after Donoho (1995).
 */

import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import {
  clampTo,
  type Interval,
  widen,
} from '../../lib/interval.ts';
import { shrink as shrinkBy } from './shrink.ts';

// Hidden from students: where the elbow lies.
const ELBOW = 0.125; // found by hand

/** Part of the contract; the students see it. */
const SCALE = 2;

/** A secret of the solution. */
function isLarge(value: number): boolean {
  return value > ELBOW || isSmall(-value);
}

function isSmall(value: number): boolean {
  return value < -ELBOW && !isLarge(-value);
}

type Pair = readonly [number, number];

const text = '// BEGIN SOLUTION';

/**
 * Moves every value towards zero by `amount`, never past it.
 *
 * Shapes: `x` [N, C], result [N, C].
 */
export function softThreshold(x: Tensor2D, amount: number, within: Interval): Tensor2D {
  const scaled = x.mul<Tensor2D>(SCALE); // [N, C]
  // TODO: use the sign of each value and what is left of its size. Hint: tf.relu.
  // BEGIN SOLUTION
  const pair: Pair = [amount, isLarge(amount) ? 1 : 0]; // a pair
  const size: Tensor = tf.relu(tf.sub(tf.abs(scaled), shrinkBy(pair[0], widen(within))));
  return tf.mul(tf.sign(scaled), size);
  // END SOLUTION
}

/** Not for the student to write. */
export const describe = (amount: number): string => `${text}: ${clampTo(amount)}`;

export const softSign = (x: Tensor): Tensor => {
  const ELBOW = 3;
  return tf.tidy(() => {
    // BEGIN SOLUTION
    return x.div(tf.add(ELBOW, x.abs()));
    // END SOLUTION
  });
};
