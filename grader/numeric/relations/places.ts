import { sizeOf } from '../../format/tensor-data.ts';
import { FEWEST_VALUES, type RelatedPair } from './relation.ts';

/** Right values at other places along one dimension. */
export type PlaceRelation =
  | { readonly kind: 'mirrored'; readonly dimension: number }
  /** What is expected at index i lies at i + by; what comes in from beyond the edge may be anything. */
  | { readonly kind: 'shifted'; readonly dimension: number; readonly by: number };

/** Further away, another cause is likelier. */
const FURTHEST = 3;

/** The mirroring or shift that explains a wrong tensor; undefined where there is none. */
export function placeRelation(pair: RelatedPair): PlaceRelation | undefined {
  const { expected } = pair;
  for (const [dimension, side] of expected.shape.entries()) {
    if (side < 2) continue;
    if (agreeAlong(pair, dimension, { by: 0, reversed: true })) return { kind: 'mirrored', dimension };
    for (const by of shifts(side))
      if (agreeAlong(pair, dimension, { by })) return { kind: 'shifted', dimension, by };
  }
  return undefined;
}

/** The small ones first; most of the values stay. */
function shifts(side: number): number[] {
  const furthest = Math.min(FURTHEST, Math.floor(side / 4));
  return Array.from({ length: furthest }, (_, i) => i + 1).flatMap((by) => [by, -by]);
}

/**
 * Whether what is expected at index i of a dimension lies at i + by, or at the same index from the end, wherever there
 * is such an index; false where the expected values there are too few or all alike. Nothing is copied: nearly all that
 * is tried is far off at one of the first values.
 */
function agreeAlong(
  { actual, expected, atol, rtol }: RelatedPair,
  dimension: number,
  { by, reversed = false }: { by: number; reversed?: boolean },
): boolean {
  const { shape } = expected;
  const [mine, wanted] = [actual.data, expected.data];
  const side = shape[dimension];
  const inner = sizeOf(shape.slice(dimension + 1));
  const [first, end] = [Math.max(0, -by), side - Math.max(0, by)];
  let [count, anyOther] = [0, false];
  const one = wanted[first * inner];
  for (let block = 0; block < wanted.length; block += side * inner) {
    for (let i = first; i < end; i++) {
      const target = block + i * inner;
      const source = block + (reversed ? side - 1 - i : i + by) * inner;
      for (let at = 0; at < inner; at++) {
        const value = wanted[target + at];
        if (!(Math.abs(mine[source + at] - value) <= atol + rtol * Math.abs(value))) return false;
        count++;
        anyOther ||= value !== one;
      }
    }
  }
  return count >= FEWEST_VALUES && anyOther;
}

/** What a student reads of it. */
export function describePlaceRelation(relation: PlaceRelation): string {
  if (relation.kind === 'mirrored')
    return `The values are right after dimension ${relation.dimension} is reversed.`;
  const { dimension, by } = relation;
  const where = by > 0 ? 'after' : 'before';
  const steps = Math.abs(by) === 1 ? '1 place' : `${Math.abs(by)} places`;
  return `The values are right, but each lies ${steps} ${where} its own along dimension ${dimension}.`;
}
