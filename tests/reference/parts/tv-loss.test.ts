import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../reference/assignment.ts';
import { embeddedRoles } from '../../../reference/cases/embedded-roles.ts';
import { tvLossCases } from '../../../reference/parts/tv-loss/cases.ts';
import { tvLoss } from '../../../reference/parts/tv-loss/tv-loss.ts';
import { four, inputsOf, numbers } from './case-tensors.ts';
import { variation } from './float64-losses.ts';
import { gradientOf, largestError } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases = tvLossCases(assignment.seed, embeddedRoles);

describe('tvLoss', () => {
  it('gives 22 on the example of the handout', () => {
    expect(numbers(tvLoss(four(inputsOf(cases, 'by-hand').image), 0.5))[0]).toBe(22);
  });

  it.each([
    { id: 'image', weight: 2e-2 },
    { id: 'wide-image', weight: 0.7 },
    { id: 'one-row', weight: 1.5 },
  ])('counts every pair of neighbours once, and has its gradient, in the case $id', ({ id, weight }) => {
    const { image } = inputsOf(cases, id);
    const loss = (x: tf.Tensor) => tvLoss(x as tf.Tensor4D, weight);
    expect(largestError(numbers(loss(four(image))), [weight * variation(image)])).toBeLessThan(1e-6);
    const gradient = numbers(tf.grad(loss)(four(image)));
    const expected = gradientOf((x) => weight * variation(x), image);
    expect(largestError(gradient, expected)).toBeLessThan(1e-5);
  });

  it('is a scalar, 0 with the weight 0 and on an image of one colour, and leaves nothing behind', () => {
    const [image, plain] = [
      four(inputsOf(cases, 'weight-zero').image),
      tf.fill<tf.Rank.R4>([2, 4, 5, 3], 0.3),
    ];
    const before = tf.memory().numTensors;
    const losses = [tvLoss(image, 0), tvLoss(plain, 2)];
    expect(tf.memory().numTensors - before).toBe(2);
    for (const loss of losses) {
      expect(loss.shape).toEqual([]);
      expect(numbers(loss)[0]).toBe(0);
    }
  });

  it('adds up over a batch', () => {
    const { image } = inputsOf(cases, 'image');
    const twice = tf.concat([four(image), four(image)]) as tf.Tensor4D;
    expect(largestError(numbers(tvLoss(twice, 1)), [2 * variation(image)])).toBeLessThan(1e-6);
  });
});
