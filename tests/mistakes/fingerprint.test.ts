import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import {
  fingerprintOf,
  isSame,
  isTelling,
  readFingerprint,
  writeFingerprint,
  type Fingerprint,
} from '../../grader/mistakes/fingerprint.ts';

const near = { atol: 1e-6, rtol: 1e-4 };
const tensor = (shape: number[], values: number[]): TensorData => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(values),
});
const many = Array.from({ length: 100 }, (_, i) => Math.sin(3 * i));
const of = (values: number[], shape = [values.length]): Fingerprint => fingerprintOf(tensor(shape, values));

describe('a fingerprint', () => {
  const examples: readonly (readonly [string, Fingerprint])[] = [
    ['a scalar', of([0.25], [])],
    ['a vector', of([1, -2.5, 3e-7])],
    ['many values', of(many, [10, 10])],
    ['zeros', of(Array<number>(12).fill(0), [3, 4])],
    ['NaN among them', of([1, NaN, 2])],
    ['nothing but NaN', of([NaN, NaN])],
    ['an empty tensor', of([], [0, 3])],
    ['no tensor', { kind: 'other', what: 'failed: threw' }],
    ['a list', { kind: 'other', what: 'a list' }],
  ];
  it.each(examples)('of %s is the same after it was written and read', (_, fingerprint) => {
    const again = readFingerprint(writeFingerprint(fingerprint));
    expect({ ...again, sketch: undefined }).toEqual({ ...fingerprint, sketch: undefined });
    expect(isSame(again, fingerprint, near)).toBe(true);
  });

  it('is short, whatever the size', () => {
    expect(writeFingerprint(of(many, [10, 10])).length).toBeLessThan(100);
  });

  it('is the same within the tolerance', () => {
    expect(isSame(of(many.map((x) => x * (1 + 5e-5))), of(many), near)).toBe(true);
    expect(isSame(of(many.map((x) => x * 1.001)), of(many), near)).toBe(false);
  });

  const different: readonly (readonly [string, Fingerprint, Fingerprint])[] = [
    ['another shape', of(many, [10, 10]), of(many, [100])],
    ['another type', of([0, 1]), fingerprintOf({ dtype: 'int32', shape: [2], data: Int32Array.of(0, 1) })],
    ['NaN where the other has none', of([0, 1, 2]), of([NaN, 1, 2])],
    ['a tensor and none', of([1]), { kind: 'other', what: 'a list' }],
    ['other failures', { kind: 'other', what: 'failed: threw' }, { kind: 'other', what: 'failed: time-out' }],
  ];
  it.each(different)('is another one: %s', (_, a, b) => {
    expect(isSame(a, b, near)).toBe(false);
    expect(isSame(b, a, near)).toBe(false);
  });

  it('says something where few mistakes would give the same', () => {
    expect(isTelling(of(many))).toBe(true);
    expect(isTelling(of([0.5], []))).toBe(true);
    expect(isTelling(of([0], []))).toBe(false);
    expect(isTelling(of([3, 3, 3]))).toBe(false);
    expect(isTelling(of([1, NaN, 2]))).toBe(false);
    expect(isTelling({ kind: 'other', what: 'a list' })).toBe(false);
  });
});
