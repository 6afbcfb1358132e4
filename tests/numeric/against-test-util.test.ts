import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { compareTensors } from '../../grader/numeric/compare-tensors.ts';
import { float32 } from './tensors.ts';

/** What TensorFlow.js's own test helper says of the values, at its default tolerance of the plain CPU backend. */
async function testUtilAccepts(actual: TensorData, expected: TensorData): Promise<boolean> {
  await tf.setBackend('cpu');
  try {
    tf.test_util.expectArraysClose(actual.data, expected.data, 1e-3);
    return true;
  } catch {
    return false;
  }
}

describe('where tf.test_util.expectArraysClose accepts nonsense, compareTensors does not', () => {
  const nonsense: [string, TensorData, TensorData][] = [
    ['NaN for an infinity', float32([1], [NaN]), float32([1], [Infinity])],
    ['an infinity for the other one', float32([1], [-Infinity]), float32([1], [Infinity])],
    ['a swapped shape', float32([3, 2], [1, 2, 3, 4, 5, 6]), float32([2, 3], [1, 2, 3, 4, 5, 6])],
    ['a saliency of 0 where it is 0.0009', float32([2], [0, 0]), float32([2], [0.0009, 0.0005])],
    ['ten times a small gradient', float32([1], [1e-3]), float32([1], [1e-4])],
  ];
  it.each(nonsense)('%s', async (_, actual, expected) => {
    expect(await testUtilAccepts(actual, expected)).toBe(true);
    expect(compareTensors({ actual, expected, atol: 1e-6, rtol: 1e-4 }).equal).toBe(false);
  });

  it('and a large value that is right to six digits is refused there, accepted here', async () => {
    const actual = float32([1], [32436.99]);
    const expected = float32([1], [32436.986]);
    expect(await testUtilAccepts(actual, expected)).toBe(false);
    expect(compareTensors({ actual, expected, atol: 1e-6, rtol: 1e-4 }).equal).toBe(true);
  });
});
