import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float32, RUNS } from '../numeric/tensors.ts';
import { judgeProperties } from './evidence.ts';

const map = (values: readonly number[], shape: readonly number[] = [values.length]) => float32(shape, values);
const outcome = (...args: Parameters<typeof judgeProperties>): string => judgeProperties(...args).outcome;

describe('the properties, on any values', () => {
  const values = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 });
  const run = (
    result: readonly number[],
    other: readonly number[],
    holds: Parameters<typeof judgeProperties>[1],
  ) => outcome({ returned: { result: map(result) }, inputs: { other: map(other) } }, holds) === 'passed';

  it('finds the values inside their own range, and not inside a narrower one', () => {
    fc.assert(
      fc.property(values, (list) => {
        const [min, max] = [Math.min(...list), Math.max(...list)];
        expect(run(list, list, [{ property: 'range', min, max }])).toBe(true);
        expect(run(list, list, [{ property: 'range', min: min + 0.01 }])).toBe(false);
        expect(run(list, list, [{ property: 'range', max: max - 0.01 }])).toBe(false);
      }),
      RUNS,
    );
  });

  it('finds a sorted sequence rising and its reverse falling', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sorted = [...list].sort((a, b) => a - b);
        expect(run(sorted, list, [{ property: 'monotone', direction: 'rising' }])).toBe(true);
        expect(run(sorted.toReversed(), list, [{ property: 'monotone', direction: 'falling' }])).toBe(true);
      }),
      RUNS,
    );
  });

  it('finds a positive multiple plus a constant correlated, and its negative anticorrelated', () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (list, factor, shift) => {
          fc.pre(Math.max(...list) - Math.min(...list) > 1);
          const other = { input: 'other' };
          const affine = list.map((x) => factor * x + shift);
          expect(run(affine, list, [{ property: 'correlation', with: other, atLeast: 0.999 }])).toBe(true);
          const negative = affine.map((x) => -x);
          expect(run(negative, list, [{ property: 'correlation', with: other, atMost: -0.999 }])).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('orders the distances: mean, root mean square, largest', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 1000 }), (list, seed) => {
        const other = list.map((x, i) => x + Math.sin(seed + i));
        const at = (metric: 'largest' | 'mean' | 'root-mean-square', atMost: number) =>
          run(list, other, [{ property: 'distance', metric, to: { input: 'other' }, atMost }]);
        expect(at('largest', 1.001)).toBe(true);
        for (const bound of [0.1, 0.5, 0.8]) {
          expect(at('mean', bound) || !at('root-mean-square', bound)).toBe(true);
          expect(at('root-mean-square', bound) || !at('largest', bound)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
