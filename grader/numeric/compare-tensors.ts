import { GraderError } from '../format/errors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { Comparison, Distance, Mismatch, WorstValue } from './comparison.ts';
import { assertWellFormed, indexAt } from './tensor-layout.ts';

/** What {@link compareTensors} compares, and how strictly. */
export interface TensorComparison {
  readonly actual: TensorData;
  readonly expected: TensorData;
  /** Largest absolute difference, finite and at least 0. Not used for int32 and bool, which must agree exactly. */
  readonly atol: number;
  /** What is allowed on top, as a share of the expected value's size; finite and at least 0. */
  readonly rtol: number;
  /**
   * Whether an expected NaN is meant, and matched by a NaN in the same place: for recognizing a known wrong result.
   * Default false: expected values are never NaN, so one is a broken fixture.
   */
  readonly expectNaN?: boolean;
}

/**
 * Compares two tensors: dtype, then shape, then finiteness element by element, then
 * `|actual - expected| <= atol + rtol * |expected|`, computed in double precision.
 *
 * A received NaN matches no number, an infinity only the same infinity; signed zeros are equal; two empty tensors
 * of one shape are equal.
 *
 * @throws GraderError when a tensor contradicts itself, when a tolerance is not a number from 0, or when an expected
 *   value is NaN without `expectNaN`
 */
export function compareTensors(options: TensorComparison): Comparison {
  const { actual, expected, expectNaN = false } = options;
  assertWellFormed({ tensor: actual, role: 'actual' });
  assertWellFormed({ tensor: expected, role: 'expected' });
  assertTolerance('atol', options.atol);
  assertTolerance('rtol', options.rtol);
  if (!expectNaN) assertNoNaN(expected);

  if (actual.dtype !== expected.dtype) {
    return { equal: false, reason: { kind: 'dtype', expected: expected.dtype, received: actual.dtype } };
  }
  if (!sameShape(actual.shape, expected.shape)) {
    return { equal: false, reason: { kind: 'shape', expected: expected.shape, received: actual.shape } };
  }
  const notFinite = compareFiniteness({ actual, expected });
  if (notFinite) return { equal: false, reason: notFinite };

  const exact = expected.dtype !== 'float32';
  const atol = exact ? 0 : options.atol;
  const rtol = exact ? 0 : options.rtol;
  const { mismatch, ...distance } = compareValues({ actual, expected, atol, rtol });
  return mismatch ? { equal: false, reason: mismatch, ...distance } : { equal: true, ...distance };
}

function compareFiniteness({
  actual,
  expected,
}: {
  actual: TensorData;
  expected: TensorData;
}): Mismatch | undefined {
  let count = 0;
  let first = -1;
  for (let i = 0; i < expected.data.length; i++) {
    const [x, y] = [actual.data[i], expected.data[i]];
    if (Number.isFinite(x) ? Number.isFinite(y) : finitenessClass(x) === finitenessClass(y)) continue;
    if (count === 0) first = i;
    count++;
  }
  if (count === 0) return undefined;
  return {
    kind: 'not-finite',
    shape: expected.shape,
    count,
    size: expected.data.length,
    first: {
      index: indexAt({ offset: first, shape: expected.shape }),
      expected: expected.data[first],
      received: actual.data[first],
    },
  };
}

type ValueComparison = Omit<TensorComparison, 'expectNaN'>;

function compareValues({
  actual,
  expected,
  atol,
  rtol,
}: ValueComparison): Distance & { mismatch?: Mismatch } {
  let count = 0;
  let worstUse = 0;
  let [squaredDifference, squaredNorm] = [0, 0];
  let worst = { offset: -1, difference: 0, use: 0 };
  for (let i = 0; i < expected.data.length; i++) {
    const y = expected.data[i];
    if (!Number.isFinite(y)) continue;
    const x = actual.data[i];
    const difference = Math.abs(x - y);
    const allowed = atol + rtol * Math.abs(y);
    squaredDifference += difference ** 2;
    squaredNorm += y ** 2;
    const use = difference === 0 ? 0 : difference / allowed;
    worstUse = Math.max(worstUse, use);
    if (difference <= allowed) continue;
    count++;
    const further = use > worst.use || (use === worst.use && difference > worst.difference);
    if (further) worst = { offset: i, difference, use };
  }
  const relativeError = squaredDifference === 0 ? 0 : Math.sqrt(squaredDifference / squaredNorm);
  if (count === 0) return { relativeError, worstUse };

  const y = expected.data[worst.offset];
  const x = actual.data[worst.offset];
  const value: WorstValue = {
    index: indexAt({ offset: worst.offset, shape: expected.shape }),
    expected: y,
    received: x,
    difference: worst.difference,
    allowed: atol + rtol * Math.abs(y),
    ...(y !== 0 && { ratio: x / y }),
  };
  const size = expected.data.length;
  return {
    relativeError,
    worstUse,
    mismatch: {
      kind: 'values',
      shape: expected.shape,
      exact: expected.dtype !== 'float32',
      count,
      size,
      worst: value,
    },
  };
}

function finitenessClass(x: number): 'finite' | 'NaN' | 'Infinity' | '-Infinity' {
  if (Number.isFinite(x)) return 'finite';
  if (Number.isNaN(x)) return 'NaN';
  return x > 0 ? 'Infinity' : '-Infinity';
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((side, axis) => side === b[axis]);
}

function assertTolerance(name: 'atol' | 'rtol', value: number): void {
  if (!Number.isFinite(value) || value < 0)
    throw new GraderError(`${name} must be a number from 0, not ${value}`);
}

function assertNoNaN(expected: TensorData): void {
  const { data } = expected;
  let offset = 0;
  while (offset < data.length && !Number.isNaN(data[offset])) offset++;
  if (offset === data.length) return;
  const index = indexAt({ offset, shape: expected.shape });
  throw new GraderError(
    `the expected tensor is NaN at [${index.join(',')}]; make its fixture again with npm run fixtures`,
  );
}
