import type { TensorData } from '../format/tensor-data.ts';
import { sizeOf } from '../format/tensor-data.ts';
import { allFinite } from './non-finite.ts';
import { batchRelation, describeBatchRelation, type BatchRelation } from './relations/batch.ts';
import { describePlaceRelation, placeRelation, type PlaceRelation } from './relations/places.ts';
import { agree, FEWEST_VALUES, mapped } from './relations/relation.ts';
import { describeValueRelation, valueRelation, type ValueRelation } from './relations/values.ts';

/** A simple relation of a wrong tensor to the expected one. */
export type Diagnosis =
  | BatchRelation
  | PlaceRelation
  | ValueRelation
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'sign' }
  /** The values are right; the shape has dimensions of 1 more or fewer, or neighbouring dimensions merged or split. */
  | { readonly kind: 'reshaped' }
  /** The values are right one after the other, but lie at other places: height and width changed their roles. */
  | { readonly kind: 'other-dimensions' }
  /** The values are right after two dimensions have been exchanged. */
  | { readonly kind: 'transposed'; readonly dimensions: readonly [number, number] };

export interface DiagnosedPair {
  readonly actual: TensorData;
  readonly expected: TensorData;
  readonly atol: number;
  readonly rtol: number;
}

/** A factor beyond this is no mistake in a formula, unless it is the number of values: a mean is that much less than a sum. */
const LARGEST_FACTOR = 1e4;

/**
 * The one simple relation that explains a wrong tensor, within the tolerance of the check; undefined where there is
 * none, or where the expected values are too few or too much alike to tell. Both tensors must be finite float32.
 */
export function diagnose({ actual, expected, atol, rtol }: DiagnosedPair): Diagnosis | undefined {
  if (actual.dtype !== 'float32' || expected.dtype !== 'float32') return undefined;
  if (!isTelling(expected) || !allFinite(actual.data)) return undefined;
  const agrees = (tensor: TensorData): boolean => agree({ atol, rtol }, { actual: tensor, expected });
  const isExchanged = (dimensions: readonly [number, number]): boolean =>
    exchanged(actual.shape, dimensions).join() === expected.shape.join() &&
    agrees(exchange(actual, dimensions));
  if (actual.shape.join() !== expected.shape.join()) {
    if (sizeOf(actual.shape) !== sizeOf(expected.shape)) return undefined;
    for (const dimensions of pairsOf(actual.shape.length)) {
      if (isExchanged(dimensions)) return { kind: 'transposed', dimensions };
    }
    if (!agrees({ ...actual, shape: expected.shape })) return undefined;
    return { kind: isRegrouped(actual.shape, expected.shape) ? 'reshaped' : 'other-dimensions' };
  }
  for (const dimensions of pairsOf(actual.shape.length)) {
    if (isExchanged(dimensions)) return { kind: 'transposed', dimensions };
  }
  const factor = factorBetween(actual.data, expected.data);
  if (factor !== undefined && agrees(mapped(actual, (value) => value * (1 / factor))))
    return factor === -1 ? { kind: 'sign' } : { kind: 'factor', factor };
  const pair = { actual, expected, atol, rtol };
  return batchRelation(pair) ?? valueRelation(pair) ?? placeRelation(pair);
}

/** Whether one of two shapes of a size comes from the other by merging neighbouring dimensions, those of 1 among them. */
function isRegrouped(a: readonly number[], b: readonly number[]): boolean {
  const [ofA, ofB] = [a, b].map((shape) => new Set(shape.map((_, axis) => sizeOf(shape.slice(0, axis + 1)))));
  const isWithin = (inner: Set<number>, outer: Set<number>): boolean =>
    [...inner].every((size) => size === 1 || outer.has(size));
  return isWithin(ofA, ofB) || isWithin(ofB, ofA);
}

/** Enough values, and not all the same. */
function isTelling({ data }: TensorData): boolean {
  return data.length >= FEWEST_VALUES && data.some((value) => value !== data[0]);
}

/** The factor of the least squares, `x.y / y.y`, rounded to a number that people write where it is near to one. */
function factorBetween(x: TensorData['data'], y: TensorData['data']): number | undefined {
  let [both, own] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    both += x[i] * y[i];
    own += y[i] ** 2;
  }
  const factor = both / own;
  const size = Math.abs(factor);
  const isCount = [size, 1 / size].some((count) => Math.abs(count / y.length - 1) <= 1e-4);
  if (!isCount && !(size >= 1 / LARGEST_FACTOR && size <= LARGEST_FACTOR)) return undefined;
  const simple = Number(factor.toPrecision(3));
  return Math.abs(factor - simple) <= 1e-4 * size ? simple : factor;
}

function pairsOf(rank: number): [number, number][] {
  return Array.from({ length: rank }, (_, a) => a).flatMap((a) =>
    Array.from({ length: rank - a - 1 }, (_, i): [number, number] => [a, a + 1 + i]),
  );
}

/** One entry a dimension, two of them exchanged. */
const exchanged = (entries: readonly number[], [a, b]: readonly [number, number]): number[] =>
  entries.map((_, axis) => entries[axis === a ? b : axis === b ? a : axis]);

/** The tensor with two of its dimensions exchanged. */
function exchange({ dtype, shape, data }: TensorData, dimensions: readonly [number, number]): TensorData {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sides = exchanged(shape, dimensions);
  const steps = exchanged(strides, dimensions);
  const values = new Float32Array(data.length);
  const index = sides.map(() => 0);
  let offset = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = data[offset];
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      index[axis]++;
      offset += steps[axis];
      if (index[axis] < sides[axis]) break;
      offset -= steps[axis] * sides[axis];
      index[axis] = 0;
    }
  }
  return { dtype, shape: sides, data: values };
}

/** What a student reads of it: what the relation is, and where to look. */
export function describeDiagnosis(diagnosis: Diagnosis): string {
  switch (diagnosis.kind) {
    case 'factor':
      return `Every value is ${shortFactor(diagnosis.factor)} times the expected one: look for a constant factor, ${Math.abs(diagnosis.factor) > 1 ? 'a sum in place of a mean, or a division that is missing' : 'a mean in place of a sum, or a division too many'}.`;
    case 'sign':
      return 'Every value has the wrong sign and the right size.';
    case 'reshaped':
      return 'The values are right and in the right order; only the shape is not.';
    case 'other-dimensions':
      return 'The values are right one after the other, but the dimensions have other sizes: a reshape cannot exchange height and width.';
    case 'transposed': {
      const [a, b] = diagnosis.dimensions;
      return `The values are right after dimensions ${a} and ${b} are exchanged.`;
    }
    case 'one-item':
    case 'mean-item':
    case 'items-exchanged':
    case 'item-factors':
      return describeBatchRelation(diagnosis);
    case 'mirrored':
    case 'shifted':
      return describePlaceRelation(diagnosis);
    default:
      return describeValueRelation(diagnosis);
  }
}

function shortFactor(factor: number): string {
  const inverse = 1 / factor;
  const whole = Math.round(inverse);
  if (Math.abs(factor) < 1 && Math.abs(whole) > 1 && Math.abs(inverse - whole) < 1e-3 * Math.abs(inverse)) {
    return `1/${whole}`;
  }
  return String(Number(factor.toPrecision(4)));
}
