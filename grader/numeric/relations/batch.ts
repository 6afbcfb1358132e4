import { sizeOf, type TensorData } from '../../format/tensor-data.ts';
import { agree, FEWEST_VALUES, mapped, type RelatedPair } from './relation.ts';

/** How the items of a batch, along the first dimension, relate to the expected ones. */
export type BatchRelation =
  /** All of them are what is expected of one. */
  | { readonly kind: 'one-item'; readonly item: number }
  /** All of them are the mean of what is expected. */
  | { readonly kind: 'mean-item' }
  /** They are right, but in another order. */
  | { readonly kind: 'items-exchanged' }
  /** Each is right but for a factor, which is not the same for all. */
  | { readonly kind: 'item-factors' };

/** More are not tried one with the other. */
const MOST_ITEMS = 32;

/** The relation of a wrong batch of two items or more to the expected one; undefined where there is none. */
export function batchRelation(pair: RelatedPair): BatchRelation | undefined {
  const actual = itemsOf(pair.actual);
  const expected = itemsOf(pair.expected);
  const count = expected.length;
  if (count < 2 || count > MOST_ITEMS || expected[0].data.length < FEWEST_VALUES) return undefined;
  const isAs = (one: TensorData, other: TensorData): boolean => agree(pair, { actual: one, expected: other });
  const item = expected.findIndex((one) => varies(one) && actual.every((mine) => isAs(mine, one)));
  if (item >= 0) return { kind: 'one-item', item };
  const mean = meanOf(expected);
  if (varies(mean) && actual.every((one) => isAs(one, mean))) return { kind: 'mean-item' };
  if (expected.every(varies)) {
    const places = actual.map((one) => expected.findIndex((other) => isAs(one, other)));
    if (!places.includes(-1) && new Set(places).size === count) return { kind: 'items-exchanged' };
  }
  const telling = expected.map((one, i) => ({ one, mine: actual[i] })).filter(({ one }) => varies(one));
  const factors = telling.map(({ one, mine }) => factorBetween(mine, one));
  const isScaled =
    telling.length >= 2 &&
    expected.every((one, i) => varies(one) || isAs(actual[i], one)) &&
    telling.every(
      ({ one, mine }, i) =>
        factors[i] > 0 &&
        isAs(
          mapped(mine, (value) => value * (1 / factors[i])),
          one,
        ),
    );
  return isScaled ? { kind: 'item-factors' } : undefined;
}

function itemsOf({ dtype, shape, data }: TensorData): TensorData[] {
  const [count = 0, ...item] = shape;
  const size = sizeOf(item);
  return Array.from({ length: count }, (_, i) => ({
    dtype,
    shape: item,
    data: data.subarray(i * size, (i + 1) * size),
  }));
}

const varies = ({ data }: TensorData): boolean => data.some((value) => value !== data[0]);

function meanOf(items: readonly TensorData[]): TensorData {
  const sums = new Float64Array(items[0].data.length);
  for (const { data } of items) for (let place = 0; place < sums.length; place++) sums[place] += data[place];
  return { ...items[0], data: Float32Array.from(sums.map((sum) => sum / items.length)) };
}

/** The factor of the least squares. */
function factorBetween({ data: x }: TensorData, { data: y }: TensorData): number {
  let [both, own] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    both += x[i] * y[i];
    own += y[i] ** 2;
  }
  return both / own;
}

/** What a student reads of it. */
export function describeBatchRelation(relation: BatchRelation): string {
  switch (relation.kind) {
    case 'one-item':
      return `Every item of the batch is the result for item ${relation.item}: each has a result of its own.`;
    case 'mean-item':
      return 'Every item of the batch is the mean over the whole batch: each has a result of its own.';
    case 'items-exchanged':
      return 'The items of the batch are right, but in another order.';
    case 'item-factors':
      return 'Each item of the batch is right but for a factor of its own: look for a scaling by its own maximum, sum or norm, or by something that belongs to another item.';
  }
}
