import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../reference/assignment.ts';
import { embeddedRoles } from '../../../reference/cases/embedded-roles.ts';
import { contentLossCases } from '../../../reference/parts/content-loss/cases.ts';
import { contentLoss } from '../../../reference/parts/content-loss/content-loss.ts';
import { four, inputsOf, numbers } from './case-tensors.ts';
import { squaredDistance } from './float64-losses.ts';
import { gradientOf, largestError } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases = contentLossCases(assignment.seed, embeddedRoles);

describe('contentLoss', () => {
  it.each([
    { id: 'feature-map', weight: 6e-2 },
    { id: 'wide-map', weight: 3.5 },
    { id: 'one-channel', weight: 2e-3 },
  ])('is the weighted squared distance in loops, and has its gradient, in the case $id', ({ id, weight }) => {
    const { current, original } = inputsOf(cases, id);
    const loss = (x: tf.Tensor) => contentLoss(weight, x as tf.Tensor4D, four(original));
    expect(
      largestError(numbers(loss(four(current))), [weight * squaredDistance(current, original)]),
    ).toBeLessThan(1e-6);
    const gradient = numbers(tf.grad(loss)(four(current)));
    const expected = gradientOf((x) => weight * squaredDistance(x, original), current);
    expect(largestError(gradient, expected)).toBeLessThan(1e-5);
  });

  it('gives 7 on the example of the handout', () => {
    const { current, original } = inputsOf(cases, 'by-hand');
    expect(numbers(contentLoss(0.5, four(current), four(original)))[0]).toBe(7);
  });

  it('is a scalar, 0 with the weight 0 and on equal maps, and leaves nothing behind', () => {
    const { current, original } = inputsOf(cases, 'weight-zero');
    const [x, p] = [four(current), four(original)];
    const before = tf.memory().numTensors;
    const losses = [contentLoss(0, x, p), contentLoss(3, x, x)];
    expect(tf.memory().numTensors - before).toBe(2);
    for (const loss of losses) {
      expect(loss.shape).toEqual([]);
      expect(numbers(loss)[0]).toBe(0);
    }
  });
});
