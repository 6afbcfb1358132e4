import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  isTensorflowNode,
  normalTensor,
  onBackend,
  prepareSubject,
  relativeError,
} from './gradient-oracles.ts';

const tolerance = 1e-5;

beforeAll(async () => {
  await prepareSubject();
});

/** Shapes of untransposed factors; the larger ones pass the threshold of the fast path. */
const products: [number[], number[]][] = [
  [
    [3, 4],
    [4, 5],
  ],
  [
    [20, 30],
    [30, 17],
  ],
  [
    [64, 300],
    [300, 33],
  ],
  [
    [3, 20, 30],
    [3, 30, 9],
  ],
  [
    [2, 3, 16, 24],
    [2, 3, 24, 16],
  ],
  [
    [4, 20, 30],
    [1, 30, 9],
  ],
  [
    [1, 20, 30],
    [4, 30, 9],
  ],
];
if (!isTensorflowNode) {
  products.push([
    [2, 1, 20, 15],
    [1, 3, 15, 20],
  ]);
}

const transposed = (shape: number[], swap: boolean): number[] =>
  swap ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

describe('a matrix product', () => {
  for (const [left, right] of products) {
    for (const [swapLeft, swapRight] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const how =
        [swapLeft ? 'left' : '', swapRight ? 'right' : ''].filter(Boolean).join(' and ') || 'neither';
      it(`is that of the plain backend: ${left.join('x')} by ${right.join('x')}, ${how} transposed`, () => {
        const compute = (): tf.Tensor =>
          tf.matMul(
            normalTensor('a', transposed(left, swapLeft) as [number]),
            normalTensor('b', transposed(right, swapRight) as [number]),
            swapLeft,
            swapRight,
          );
        const data = tf.backend().numDataIds();
        expect(
          relativeError({ actual: onBackend('subject', compute), expected: onBackend('cpu', compute) }),
        ).toBeLessThanOrEqual(tolerance);
        expect(tf.backend().numDataIds()).toBe(data);
      });
    }
  }

  it('has the gradients of the plain backend, as a Gram matrix', () => {
    const compute = (): tf.Tensor =>
      tf.grad((features: tf.Tensor) => tf.square(tf.matMul(features, features, true, false)))(
        normalTensor<tf.Rank.R3>('features', [2, 49, 12]),
      );
    expect(
      relativeError({ actual: onBackend('subject', compute), expected: onBackend('cpu', compute) }),
    ).toBeLessThanOrEqual(tolerance);
  });

  it('is refused where the sides do not fit', () => {
    expect(() => tf.tidy(() => tf.matMul(tf.ones([30, 40]), tf.ones([30, 40])))).toThrow();
  });
});
