import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { compareTensors } from '../../grader/numeric/compare-tensors.ts';
import { bool, float32, int32 } from './tensors.ts';

const close = (actual: TensorData, expected: TensorData) =>
  compareTensors({ actual, expected, atol: 1e-5, rtol: 1e-4 });

describe('the order of the verdict', () => {
  it('names the dtype before the shape', () => {
    expect(close(int32([2], [1, 2]), float32([3], [1, 2, 3]))).toEqual({
      equal: false,
      reason: { kind: 'dtype', expected: 'float32', received: 'int32' },
    });
  });

  it('names the shape before a NaN', () => {
    expect(close(float32([1, 2], [NaN, 2]), float32([2, 1], [1, 2]))).toEqual({
      equal: false,
      reason: { kind: 'shape', expected: [2, 1], received: [1, 2] },
    });
  });

  it('names a NaN before wrong values, with the first place and the count', () => {
    expect(close(float32([2, 2], [9, NaN, Infinity, 4]), float32([2, 2], [1, 2, 3, 4]))).toEqual({
      equal: false,
      reason: {
        kind: 'not-finite',
        shape: [2, 2],
        count: 2,
        size: 4,
        first: { index: [0, 1], expected: 2, received: NaN },
      },
    });
  });

  it('names count, worst value and distances of wrong values', () => {
    const comparison = compareTensors({
      actual: float32([2, 3], [1, 2, 3, 4.5, 12, 6]),
      expected: float32([2, 3], [1, 2, 3, 4, 6, 6]),
      atol: 0.5,
      rtol: 0.25,
    });
    expect(comparison).toEqual({
      equal: false,
      reason: {
        kind: 'values',
        shape: [2, 3],
        exact: false,
        count: 1,
        size: 6,
        worst: { index: [1, 1], expected: 6, received: 12, difference: 6, allowed: 2, ratio: 2 },
      },
      relativeError: Math.sqrt(36.25 / 102),
      worstUse: 3,
    });
  });
});

describe('the worst value', () => {
  it('is the one furthest beyond its own tolerance, not the largest difference', () => {
    const comparison = close(float32([2], [1010, 0.01]), float32([2], [1000, 0]));
    expect(comparison).toMatchObject({
      equal: false,
      reason: { count: 2, worst: { index: [1], received: Math.fround(0.01) } },
    });
  });

  it('is the largest difference where no tolerance is left', () => {
    const comparison = compareTensors({
      actual: int32([3], [2, 9, 4]),
      expected: int32([3], [1, 2, 3]),
      atol: 5,
      rtol: 5,
    });
    expect(comparison).toMatchObject({
      equal: false,
      worstUse: Infinity,
      reason: { exact: true, count: 3, worst: { index: [1] } },
    });
  });

  it('has no ratio beside an expected zero', () => {
    const comparison = close(float32([], [3]), float32([], [0]));
    expect(comparison).toMatchObject({ equal: false, reason: { worst: { index: [], received: 3 } } });
    expect(comparison).not.toHaveProperty('reason.worst.ratio');
  });
});

describe('values that need care', () => {
  const same: [string, TensorData, TensorData][] = [
    ['zeros of both signs', float32([2], [0, -0]), float32([2], [-0, 0])],
    ['equal denormals', float32([1], [1e-45]), float32([1], [1e-45])],
    ['the same infinities', float32([2], [Infinity, -Infinity]), float32([2], [Infinity, -Infinity])],
    ['empty tensors of one shape', float32([0, 3], []), float32([0, 3], [])],
    ['equal scalars', float32([], [7]), float32([], [7])],
    ['equal booleans', bool([3], [1, 0, 1]), bool([3], [1, 0, 1])],
  ];
  it.each(same)('takes %s as equal with no error at all, even without tolerance', (_, actual, expected) => {
    expect(compareTensors({ actual, expected, atol: 0, rtol: 0 })).toEqual({
      equal: true,
      relativeError: 0,
      worstUse: 0,
    });
  });

  const different: [string, TensorData, TensorData, string][] = [
    ['NaN and a number', float32([1], [NaN]), float32([1], [1]), 'not-finite'],
    ['NaN and an infinity', float32([1], [NaN]), float32([1], [Infinity]), 'not-finite'],
    ['infinities of different sign', float32([1], [-Infinity]), float32([1], [Infinity]), 'not-finite'],
    [
      'an infinity and the largest number',
      float32([1], [Infinity]),
      float32([1], [3.4028234e38]),
      'not-finite',
    ],
    ['a number and an infinity', float32([1], [1]), float32([1], [Infinity]), 'not-finite'],
    ['two empty shapes', float32([0, 3], []), float32([3, 0], []), 'shape'],
    ['a scalar and a vector of one', float32([], [1]), float32([1], [1]), 'shape'],
    ['an int32 off by one', int32([1], [1_000_001]), int32([1], [1_000_000]), 'values'],
    ['a flipped boolean', bool([2], [1, 0]), bool([2], [1, 1]), 'values'],
    ['0 and 1 of different dtypes', bool([2], [1, 0]), int32([2], [1, 0]), 'dtype'],
  ];
  it.each(different)('tells %s apart, however wide the tolerance', (_, actual, expected, kind) => {
    expect(compareTensors({ actual, expected, atol: 1e30, rtol: 1e30 })).toMatchObject({
      equal: false,
      reason: { kind },
    });
  });

  it('sees a denormal where 0 is expected, and only without tolerance', () => {
    const pair = { actual: float32([1], [1e-45]), expected: float32([1], [0]) };
    expect(compareTensors({ ...pair, atol: 0, rtol: 1 }).equal).toBe(false);
    expect(compareTensors({ ...pair, atol: 1e-44, rtol: 0 }).equal).toBe(true);
  });

  it('measures the difference of the largest float32 values without overflow', () => {
    const comparison = compareTensors({
      actual: float32([1], [-3.4028234e38]),
      expected: float32([1], [3.4028234e38]),
      atol: 0,
      rtol: 1,
    });
    expect(comparison).toMatchObject({ equal: false, worstUse: 2, relativeError: 2 });
  });
});

describe('a NaN in the expected tensor', () => {
  const nan = float32([2], [1, NaN]);

  it('is a broken fixture, said with its place', () => {
    expect(() => close(nan, nan)).toThrow(GraderError);
    expect(() => close(nan, nan)).toThrow('NaN at [1]');
  });

  it('is matched by a NaN in the same place where the caller expects NaN', () => {
    const options = { expected: nan, atol: 1e-5, rtol: 1e-4, expectNaN: true };
    expect(compareTensors({ ...options, actual: float32([2], [1, NaN]) }).equal).toBe(true);
    expect(compareTensors({ ...options, actual: float32([2], [NaN, 1]) })).toMatchObject({
      reason: { count: 2 },
    });
    expect(compareTensors({ ...options, actual: float32([2], [2, NaN]) })).toMatchObject({
      reason: { kind: 'values', count: 1 },
    });
  });
});

describe('tensors and tolerances that contradict themselves', () => {
  const one = float32([1], [1]);
  const broken: [string, TensorData][] = [
    ['too few values', { dtype: 'float32', shape: [2], data: Float32Array.of(1) }],
    ['too many values', { dtype: 'float32', shape: [], data: Float32Array.of(1, 2) }],
    ['a negative side', { dtype: 'float32', shape: [-1, -1], data: Float32Array.of(1) }],
    ['a fractional side', { dtype: 'float32', shape: [0.5, 2], data: Float32Array.of(1) }],
    ['an array of another kind', { dtype: 'int32', shape: [1], data: Float32Array.of(1) }],
    ['an unknown dtype', { dtype: 'toString' as 'float32', shape: [1], data: Float32Array.of(1) }],
  ];
  it.each(broken)('are refused on either side: %s', (_, tensor) => {
    expect(() => close(tensor, one)).toThrow(/^the actual tensor/);
    expect(() => close(one, tensor)).toThrow(/^the expected tensor/);
    expect(() => close(one, tensor)).toThrow(GraderError);
  });

  it.each([-1e-9, NaN, Infinity])('are refused: a tolerance of %d', (tolerance) => {
    expect(() => compareTensors({ actual: one, expected: one, atol: tolerance, rtol: 0 })).toThrow(
      /atol must be/,
    );
    expect(() => compareTensors({ actual: one, expected: one, atol: 0, rtol: tolerance })).toThrow(
      /rtol must be/,
    );
  });
});
