import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { describeDiagnosis, diagnose, type Diagnosis } from '../../grader/numeric/index.ts';
import { float32 } from './tensors.ts';

const tolerance = { atol: 1e-6, rtol: 1e-4 };

/** Values of either sign that are related to each other by nothing simple. */
const value = (i: number): number => Math.round(50 * Math.sin(2.4 * i + 1)) / 10 + 0.03 * i;
const values = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => value(from + i));
const map = (tensor: TensorData, change: (x: number, i: number) => number): TensorData => ({
  ...tensor,
  data: Float32Array.from(tensor.data, change),
});

const batch = float32([3, 2, 4], values(24));
const item = (i: number): number[] => values(8, 8 * i);
const mean = item(0).map((x, place) => (x + item(1)[place] + item(2)[place]) / 3);
const row = float32([12], values(12));

const relations: readonly (readonly [string, TensorData, TensorData, Diagnosis, string])[] = [
  [
    'the first item for all',
    batch,
    float32([3, 2, 4], [...item(0), ...item(0), ...item(0)]),
    { kind: 'one-item', item: 0 },
    'the result for item 0',
  ],
  [
    'the mean of the batch for all',
    batch,
    float32([3, 2, 4], [...mean, ...mean, ...mean]),
    { kind: 'mean-item' },
    'the mean over the whole batch',
  ],
  [
    'items in another order',
    batch,
    float32([3, 2, 4], [...item(1), ...item(2), ...item(0)]),
    { kind: 'items-exchanged' },
    'in another order',
  ],
  [
    'each item times a factor of its own',
    batch,
    map(batch, (x, i) => x * [2, 0.5, 3][Math.floor(i / 8)]),
    { kind: 'item-factors' },
    'a factor of its own',
  ],
  ['a lost sign', batch, map(batch, Math.abs), { kind: 'sign-lost' }, 'a sign is lost'],
  ['a missing magnitude', map(batch, Math.abs), batch, { kind: 'magnitude-missing' }, 'are never negative'],
  [
    'negative values cut off',
    batch,
    map(batch, (x) => Math.max(0, x)),
    { kind: 'negative-cut' },
    'cuts negative values off',
  ],
  [
    'negative values kept',
    map(batch, (x) => Math.max(0, x)),
    batch,
    { kind: 'negative-kept' },
    'negative values are to be cut off',
  ],
  [
    'nothing clipped',
    map(batch, (x) => Math.min(4, Math.max(-4, x))),
    batch,
    { kind: 'not-clipped', low: -4, high: 4 },
    'Some values lie beyond [-4, 4]',
  ],
  ['squares', batch, map(batch, (x) => x * x), { kind: 'squared' }, 'the square of the expected one'],
  ['roots', map(batch, (x) => x * x), map(batch, Math.abs), { kind: 'rooted' }, 'the square root'],
  [
    'a term too many',
    batch,
    map(batch, (x) => x + 2.5),
    { kind: 'offset', by: 2.5 },
    'the expected one plus 2.5',
  ],
  [
    'a mirrored row',
    row,
    float32([12], values(12).reverse()),
    { kind: 'mirrored', dimension: 0 },
    'dimension 0 is reversed',
  ],
  [
    'a row that lies two places on',
    row,
    float32([12], [5, 6, ...values(10)]),
    { kind: 'shifted', dimension: 0, by: 2 },
    '2 places after its own along dimension 0',
  ],
  [
    'a row that lies one place back',
    row,
    float32([12], [...values(12).slice(1), 9]),
    { kind: 'shifted', dimension: 0, by: -1 },
    '1 place before its own along dimension 0',
  ],
];

describe('a wrong tensor that is related to the expected one', () => {
  it.each(relations)('%s', (_, expected, actual, diagnosis, words) => {
    const found = diagnose({ actual, expected, ...tolerance });
    expect(found).toEqual(
      'by' in diagnosis ? { ...diagnosis, by: expect.closeTo(diagnosis.by, 5) as number } : diagnosis,
    );
    expect(describeDiagnosis(found!)).toContain(words);
  });

  it.each(relations)('%s, but for one value: no relation', (_, expected, actual) => {
    // One that is neither cut, nor clipped, nor brought in from beyond the edge.
    const place = actual.data.findIndex((x, i) => i > 2 && x > 0.2 && x < 3.2);
    expect(place).toBeGreaterThan(2);
    const spoilt = map(actual, (x, i) => (i === place ? x + 0.7 : x));
    expect(diagnose({ actual: spoilt, expected, ...tolerance })).toBeUndefined();
  });

  it('a factor of its own is none where only one item has values', () => {
    const zeros = Array<number>(8).fill(0);
    const expected = float32([2, 8], [...item(0), ...zeros]);
    const actual = float32([2, 8], [...item(0).map((x) => 2 * x), ...zeros]);
    expect(diagnose({ actual, expected, ...tolerance })).toEqual({ kind: 'factor', factor: 2 });
  });
});
