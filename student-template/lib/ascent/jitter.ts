import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { randomStream } from '../random.ts';

/** Moves the end of a tensor along an axis to its start: by `distance` places, a whole number of any sign. */
function rollAlong(x: Tensor4D, axis: 1 | 2, distance: number): Tensor4D {
  const side = x.shape[axis];
  const split = ((-distance % side) + side) % side;
  if (split === 0) return x.clone();
  const [head, tail] = tf.split(x, [split, side - split], axis);
  return tf.concat<Tensor4D>([tail as Tensor4D, head as Tensor4D], axis);
}

/**
 * Shifts pictures; what leaves at one side comes in at the other, so that `jitter(jitter(x, a, b), -a, -b)` is `x`.
 * Differentiable.
 *
 * @param images `[N, H, W, C]`; neither changed nor disposed of.
 * @param down by how many whole pixels, of any sign.
 * @param right the same to the right.
 * @returns new pictures of the same shape, `[N, H, W, C]`.
 */
export function jitter(images: Tensor, down: number, right: number): Tensor4D {
  return tf.tidy(() => rollAlong(rollAlong(images as Tensor4D, 1, down), 2, right)); // [N, H, W, C]
}

/** How far to shift the picture: pixels down and to the right, each in [-maxJitter, maxJitter]. */
export type JitterOffset = readonly [down: number, right: number];

/** A random shift for each of `count` iterations; the same seed gives the same ones. */
export function jitterOffsets(options: {
  readonly seed: string | number;
  readonly count: number;
  readonly maxJitter: number;
}): JitterOffset[] {
  const { seed, count, maxJitter } = options;
  const stream = randomStream(seed).derive('jitter');
  return Array.from({ length: count }, () => [
    stream.integer(-maxJitter, maxJitter),
    stream.integer(-maxJitter, maxJitter),
  ]);
}
