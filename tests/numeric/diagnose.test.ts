import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDiagnosis, diagnose, type Diagnosis } from '../../grader/numeric/index.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { anyTensor, finiteTensor, float32, int32, RUNS } from './tensors.ts';

const tolerance = { atol: 1e-6, rtol: 1e-4 };
const values = [0.5, -1.25, 3, 7.5, -2, 11];
const expected = float32([2, 3], values);
const times = (factor: number): TensorData =>
  float32(
    [2, 3],
    values.map((value) => value * factor),
  );

describe('a wrong tensor with one simple cause', () => {
  const causes: [string, TensorData, Diagnosis, string][] = [
    ['twice the values', times(2), { kind: 'factor', factor: 2 }, 'Every value is 2 times the expected one'],
    ['a sixth of them', times(1 / 6), { kind: 'factor', factor: 0.167 }, 'Every value is 1/6 times'],
    ['minus three times', times(-3), { kind: 'factor', factor: -3 }, 'Every value is -3 times'],
    ['the sign alone', times(-1), { kind: 'sign' }, 'the wrong sign and the right size'],
    ['merged dimensions', float32([6], values), { kind: 'reshaped' }, 'only the shape is not'],
    ['one dimension too many', float32([1, 2, 3], values), { kind: 'reshaped' }, 'only the shape is not'],
    [
      'exchanged dimensions, the values left in their order',
      float32([3, 2], values),
      { kind: 'other-dimensions' },
      'a reshape cannot exchange height and width',
    ],
    [
      'rows and columns exchanged',
      float32([3, 2], [0.5, 7.5, -1.25, -2, 3, 11]),
      { kind: 'transposed', dimensions: [0, 1] },
      'after dimensions 0 and 1 are exchanged',
    ],
  ];
  it.each(causes)('%s', (_, actual, diagnosis, words) => {
    const found = diagnose({ actual, expected, ...tolerance });
    if (diagnosis.kind === 'factor') {
      expect(found?.kind).toBe('factor');
      expect((found as { factor: number }).factor).toBeCloseTo(diagnosis.factor, 2);
    } else expect(found).toEqual(diagnosis);
    expect(describeDiagnosis(found!)).toContain(words);
  });

  it.each([
    [4, 'a sum in place of a mean, or a division that is missing'],
    [-4, 'a sum in place of a mean, or a division that is missing'],
    [0.25, 'a mean in place of a sum, or a division too many'],
    [-0.25, 'a mean in place of a sum, or a division too many'],
  ])('says where a factor of %s may come from', (factor, words) => {
    expect(describeDiagnosis({ kind: 'factor', factor })).toMatch(
      new RegExp(`^Every value is -?(?:4|0\\.25|1/-?4) times .*: look for a constant factor, ${words}\\.$`),
    );
  });

  it('sees a mean in the place of a sum, however many the values', () => {
    const many = Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i));
    const pairOf = (factor: number) => ({
      actual: float32([many.length], [...many.map((value) => value * factor)]),
      expected: float32([many.length], [...many]),
      ...tolerance,
    });
    expect(diagnose(pairOf(1 / 20_000))?.kind).toBe('factor');
    expect(diagnose(pairOf(20_000))?.kind).toBe('factor');
    expect(diagnose(pairOf(1 / 30_000))).toBeUndefined();
  });

  it('sees a transposed square', () => {
    const square = float32([2, 2], [1, 2, 3, 4]);
    expect(diagnose({ actual: float32([2, 2], [1, 3, 2, 4]), expected: square, ...tolerance })).toEqual({
      kind: 'transposed',
      dimensions: [0, 1],
    });
  });
});

describe('no cause is named', () => {
  it.each([
    ['of values that have nothing in common', float32([2, 3], [1, 2, 3, 4, 5, 6]), expected],
    ['of zeros', times(0), expected],
    ['of one wrong value', float32([2, 3], [0.5, -1.25, 3, 7.5, -2, 12]), expected],
    ['of one number, which is a multiple of every other', float32([], [3]), float32([], [1])],
    ['where all expected values are the same', float32([4], [2, 2, 2, 2]), float32([4], [1, 1, 1, 1])],
    ['of NaN', times(Number.NaN), expected],
    ['of integers', int32([4], [2, 4, 6, 8]), int32([4], [1, 2, 3, 4])],
    ['of a factor of a million', times(1e6), expected],
  ])('%s', (_, actual, wanted) => {
    expect(diagnose({ actual, expected: wanted, ...tolerance })).toBeUndefined();
  });
});

it('never throws, and a factor that is named makes the tensors agree', () => {
  fc.assert(
    fc.property(anyTensor, finiteTensor, (actual, wanted) => {
      const found = diagnose({ actual, expected: wanted, ...tolerance });
      if (found?.kind !== 'factor') return;
      for (let i = 0; i < wanted.data.length; i++) {
        const allowed = tolerance.atol + tolerance.rtol * Math.abs(wanted.data[i]);
        expect(Math.abs(actual.data[i] / found.factor - wanted.data[i])).toBeLessThanOrEqual(allowed * 1.01);
      }
    }),
    RUNS,
  );
});
