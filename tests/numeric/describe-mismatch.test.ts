import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import type { Mismatch } from '../../grader/numeric/comparison.ts';
import { compareTensors } from '../../grader/numeric/compare-tensors.ts';
import { describeMismatch, describeMismatchKind } from '../../grader/numeric/describe-mismatch.ts';
import { bool, float32, int32 } from './tensors.ts';

const tolerances = { atol: 1e-5, rtol: 1e-4 };

function mismatchOf(actual: TensorData, expected: TensorData): Mismatch {
  const comparison = compareTensors({ actual, expected, ...tolerances });
  if (comparison.equal) throw new Error('these tensors were meant to differ');
  return comparison.reason;
}

/** 2 by 64 by 64 values of 0.412, of which 37 are doubled. */
function saliencyLike(): { actual: TensorData; expected: TensorData } {
  const expected = float32(
    [2, 64, 64],
    Array.from({ length: 8192 }, () => 0.412),
  );
  const actual = {
    ...expected,
    data: expected.data.map((x, i) => (i >= 17 * 64 + 40 && i < 17 * 64 + 77 ? 2 * x : x)),
  };
  return { actual, expected };
}

describe('describeMismatch', () => {
  it('says what is right, how many values are wrong, and where it is worst', () => {
    const { actual, expected } = saliencyLike();
    expect(describeMismatch({ mismatch: mismatchOf(actual, expected), ...tolerances })).toBe(
      'shape [2,64,64] ok; 37 of 8192 values differ by more than 1e-5 + 1e-4*|expected|; ' +
        'worst at [0,17,40]: expected 0.412, received 0.824 (x2.00)',
    );
  });

  const texts: [string, TensorData, TensorData, string][] = [
    ['a wrong dtype', int32([1], [1]), float32([1], [1]), 'dtype int32, expected float32'],
    [
      'missing dimensions',
      float32([4], [1, 2, 3, 4]),
      float32([1, 2, 2], [1, 2, 3, 4]),
      'shape [4], expected [1,2,2] (1 dimension instead of 3)',
    ],
    [
      'swapped sides',
      float32([3, 2], [1, 2, 3, 4, 5, 6]),
      float32([2, 3], [1, 2, 3, 4, 5, 6]),
      'shape [3,2], expected [2,3] (the right sides in the wrong order)',
    ],
    ['another shape', float32([1], [1]), float32([2], [1, 2]), 'shape [1], expected [2]'],
    [
      'NaN',
      float32([2, 2], [1, NaN, 3, 4]),
      float32([2, 2], [1, 2, 3, 4]),
      'shape [2,2] ok; 1 of 4 values is NaN or infinite; first at [0,1]: expected 2, received NaN',
    ],
    [
      'a number for an infinity',
      float32([2], [1, 2]),
      float32([2], [-Infinity, Infinity]),
      'shape [2] ok; 2 of 2 values are in the wrong place among NaN, infinities and numbers; ' +
        'first at [0]: expected -Infinity, received 1',
    ],
    [
      'a scalar',
      float32([], [-3]),
      float32([], [1.5]),
      'shape [] ok; 1 of 1 value differs by more than 1e-5 + 1e-4*|expected|; ' +
        'worst at []: expected 1.5, received -3 (x-2.00)',
    ],
    [
      'whole numbers, without a tolerance and a ratio beside 0',
      int32([2], [7, 3]),
      int32([2], [0, 3]),
      'shape [2] ok; 1 of 2 values differs; worst at [0]: expected 0, received 7',
    ],
    [
      'a truth value',
      bool([1], [0]),
      bool([1], [1]),
      'shape [1] ok; 1 of 1 value differs; worst at [0]: expected 1, received 0',
    ],
    [
      'a slip in the fifth digit, with the digits that show it',
      float32([1], [0.41267]),
      float32([1], [0.41256]),
      'shape [1] ok; 1 of 1 value differs by more than 1e-5 + 1e-4*|expected|; ' +
        'worst at [0]: expected 0.4126, received 0.4127 (x1.00027)',
    ],
    [
      'a value that is a thousand times too large, without a ratio',
      float32([1], [123456.7]),
      float32([1], [0.0000012]),
      'shape [1] ok; 1 of 1 value differs by more than 1e-5 + 1e-4*|expected|; ' +
        'worst at [0]: expected 1.2e-6, received 123000',
    ],
  ];
  it.each(texts)('puts %s into words', (_, actual, expected, text) => {
    expect(describeMismatch({ mismatch: mismatchOf(actual, expected), ...tolerances })).toBe(text);
  });
});

describe('describeMismatchKind', () => {
  it.each([
    [int32([1], [1]), float32([1], [1]), 'wrong dtype'],
    [float32([2], [1, 2]), float32([1], [1]), 'wrong shape'],
    [float32([1], [NaN]), float32([1], [1]), 'not finite'],
    [float32([1], [41]), float32([1], [43]), 'values differ'],
  ])('gives away the kind only (%#)', (actual, expected, text) => {
    expect(describeMismatchKind(mismatchOf(actual, expected))).toBe(text);
  });

  it('shows no number of a private case', () => {
    const { actual, expected } = saliencyLike();
    expect(describeMismatchKind(mismatchOf(actual, expected))).not.toMatch(/\d/);
  });
});
