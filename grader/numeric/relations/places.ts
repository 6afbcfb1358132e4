import { sizeOf, type TensorData } from '../../format/tensor-data.ts';
import { agree, FEWEST_VALUES, type RelatedPair } from './relation.ts';

/** Right values at other places along one dimension. */
export type PlaceRelation =
  | { readonly kind: 'mirrored'; readonly dimension: number }
  /** What is expected at index i lies at i + by; what comes in from beyond the edge may be anything. */
  | { readonly kind: 'shifted'; readonly dimension: number; readonly by: number };

/** Further away, another cause is likelier. */
const FURTHEST = 3;

/** The mirroring or shift that explains a wrong tensor; undefined where there is none. */
export function placeRelation(pair: RelatedPair): PlaceRelation | undefined {
  const { actual, expected } = pair;
  for (const [dimension, side] of expected.shape.entries()) {
    if (side < 2) continue;
    const mirrored = along(actual, dimension, { from: 0, count: side, reversed: true });
    if (agree(pair, { actual: mirrored, expected })) return { kind: 'mirrored', dimension };
    for (const by of shifts(side)) {
      const count = side - Math.abs(by);
      const mine = along(actual, dimension, { from: Math.max(0, by), count });
      const wanted = along(expected, dimension, { from: Math.max(0, -by), count });
      if (isTelling(wanted) && agree(pair, { actual: mine, expected: wanted }))
        return { kind: 'shifted', dimension, by };
    }
  }
  return undefined;
}

/** The small ones first; most of the values stay. */
function shifts(side: number): number[] {
  const furthest = Math.min(FURTHEST, Math.floor(side / 4));
  return Array.from({ length: furthest }, (_, i) => i + 1).flatMap((by) => [by, -by]);
}

const isTelling = ({ data }: TensorData): boolean =>
  data.length >= FEWEST_VALUES && data.some((value) => value !== data[0]);

/** Some indices of one dimension. */
function along(
  { dtype, shape, data }: TensorData,
  dimension: number,
  { from, count, reversed = false }: { from: number; count: number; reversed?: boolean },
): TensorData {
  const inner = sizeOf(shape.slice(dimension + 1));
  const outer = sizeOf(shape.slice(0, dimension));
  const side = shape[dimension];
  const values = new Float32Array(outer * count * inner);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < count; i++) {
      const source = (block * side + from + (reversed ? count - 1 - i : i)) * inner;
      const target = (block * count + i) * inner;
      for (let at = 0; at < inner; at++) values[target + at] = data[source + at];
    }
  }
  return { dtype, shape: shape.with(dimension, count), data: values };
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
