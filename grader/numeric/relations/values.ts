import type { TensorData } from '../../format/tensor-data.ts';
import { agree, FEWEST_VALUES, mapped, type RelatedPair } from './relation.ts';

/** What made each wrong value of the expected one, or should have made the expected one of it. */
export type ValueRelation =
  | { readonly kind: 'sign-lost' }
  | { readonly kind: 'magnitude-missing' }
  | { readonly kind: 'negative-cut' }
  | { readonly kind: 'negative-kept' }
  | { readonly kind: 'not-clipped'; readonly low: number; readonly high: number }
  | { readonly kind: 'squared' }
  | { readonly kind: 'rooted' }
  | { readonly kind: 'offset'; readonly by: number };

/** The relation that holds for every value; undefined where there is none. */
export function valueRelation(pair: RelatedPair): ValueRelation | undefined {
  const { actual, expected } = pair;
  if (expected.data.length < FEWEST_VALUES) return undefined;
  const became = (map: (value: number) => number): boolean =>
    agree(pair, { actual, expected: mapped(expected, map) });
  const lacks = (map: (value: number) => number): boolean =>
    agree(pair, { actual: mapped(actual, map), expected });
  const cut = (value: number): number => Math.max(0, value);
  if (isMixed(expected)) {
    if (became(Math.abs)) return { kind: 'sign-lost' };
    if (positive(expected) && became(cut)) return { kind: 'negative-cut' };
  }
  if (isMixed(actual)) {
    if (lacks(Math.abs)) return { kind: 'magnitude-missing' };
    if (positive(actual) && lacks(cut)) return { kind: 'negative-kept' };
  }
  const clipped = notClipped(pair);
  if (clipped) return clipped;
  if (isVaried(expected) && became((value) => value ** 2)) return { kind: 'squared' };
  if (isVaried(expected) && lacks((value) => value ** 2)) return { kind: 'rooted' };
  const by = meanDifference(pair);
  const isFar = Math.abs(by) > 2 * (pair.atol + pair.rtol * largest(expected));
  if (isFar && lacks((value) => value - by)) return { kind: 'offset', by };
  return undefined;
}

/** Whether there are enough negative values, and enough others. */
function isMixed({ data }: TensorData): boolean {
  let negative = 0;
  for (let i = 0; i < data.length; i++) if (data[i] < 0) negative++;
  return negative >= FEWEST_VALUES && data.length - negative >= FEWEST_VALUES;
}

const positive = ({ data }: TensorData): boolean => data.some((value) => value > 0);

/** Whether enough values have a magnitude that is neither 0 nor 1, and not the same one. */
function isVaried({ data }: TensorData): boolean {
  const found = new Set<number>();
  for (let i = 0; i < data.length && found.size < FEWEST_VALUES; i++) {
    const magnitude = Math.abs(data[i]);
    if (magnitude !== 0 && magnitude !== 1) found.add(magnitude);
  }
  return found.size >= FEWEST_VALUES;
}

/** Whether some values lie beyond the range of the expected ones, which have its limit there, and all others are right. */
function notClipped(pair: RelatedPair): ValueRelation | undefined {
  const { actual, expected } = pair;
  const { low, high } = rangeOf(expected);
  let beyond = 0;
  for (let i = 0; i < actual.data.length; i++) if (actual.data[i] < low || actual.data[i] > high) beyond++;
  if (beyond < FEWEST_VALUES || low === high) return undefined;
  const clipped = mapped(actual, (value) => Math.min(high, Math.max(low, value)));
  return agree(pair, { actual: clipped, expected }) ? { kind: 'not-clipped', low, high } : undefined;
}

function rangeOf({ data }: TensorData): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    low = Math.min(low, data[i]);
    high = Math.max(high, data[i]);
  }
  return { low, high };
}

function largest(tensor: TensorData): number {
  const { low, high } = rangeOf(tensor);
  return Math.max(-low, high);
}

function meanDifference({ actual, expected }: RelatedPair): number {
  let sum = 0;
  for (let i = 0; i < expected.data.length; i++) sum += actual.data[i] - expected.data[i];
  return sum / expected.data.length;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** What a student reads of it. */
export function describeValueRelation(relation: ValueRelation): string {
  switch (relation.kind) {
    case 'sign-lost':
      return 'Every value is the magnitude of the expected one: a sign is lost.';
    case 'magnitude-missing':
      return 'Every value has the right magnitude; the expected ones are never negative.';
    case 'negative-cut':
      return 'What should be negative is 0, and all else is right: something cuts negative values off.';
    case 'negative-kept':
      return 'What is negative should be 0, and all else is right: negative values are to be cut off.';
    case 'not-clipped':
      return `Some values lie beyond [${short(relation.low)}, ${short(relation.high)}], and all others are right: clip them.`;
    case 'squared':
      return 'Every value is the square of the expected one.';
    case 'rooted':
      return 'Every value is the square root of the expected one.';
    case 'offset':
      return `Every value is the expected one plus ${short(relation.by)}: look for a term too many or too few.`;
  }
}
