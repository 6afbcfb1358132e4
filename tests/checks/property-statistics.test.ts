import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argmaxOf } from '../../grader/checks/property/argmax.ts';
import { pearson } from '../../grader/checks/property/correlation.ts';
import { distanceOf } from '../../grader/checks/property/distance.ts';
import { shareInside } from '../../grader/checks/property/inside-mask.ts';
import { statistics, totalVariation } from '../../grader/checks/property/statistics.ts';
import { float32, RUNS } from '../numeric/tensors.ts';

describe('the numbers behind the properties', () => {
  it('sums the squared steps between neighbours of the picture, not of batch or channels', () => {
    // Two maps of 2 x 2; within each: down 2 and 3, across 1 and 2.
    const maps = float32([2, 2, 2], [0, 1, 2, 4, 100, 101, 102, 104]);
    expect(totalVariation(maps)).toBe(2 * (4 + 9 + 1 + 4));
    const picture = float32([2, 2, 3], [0, 50, 9, 1, 51, 9, 2, 52, 9, 4, 54, 9]);
    expect(totalVariation(picture, [0, 1])).toBe(2 * (4 + 9 + 1 + 4));
    expect(totalVariation(float32([3], [1, 3, 2]))).toBe(5);
    expect(totalVariation(float32([], [7]))).toBe(0);
  });

  it('gives the textbook figures', () => {
    const tensor = float32([4], [-3, 4, 0, 1]);
    const of = Object.fromEntries(
      Object.entries(statistics).map(([name, { of: measure }]) => [name, measure(tensor, undefined)]),
    );
    expect(of).toEqual({
      mean: 0.5,
      sum: 2,
      min: -3,
      max: 4,
      'mean-magnitude': 2,
      norm: Math.sqrt(26),
      deviation: 2.5,
      'nonzero-share': 0.75,
      'total-variation': 49 + 16 + 1,
    });
  });

  it('agrees with the definition of the correlation by deviations', () => {
    expect(pearson(Float32Array.of(1, 2, 3), Float32Array.of(1, 3, 2))).toBeCloseTo(0.5, 12);
    expect(pearson(Float32Array.of(1, 2, 3), Float32Array.of(6, 4, 2))).toBe(-1);
    expect(pearson(Float32Array.of(1, 1), Float32Array.of(1, 2))).toBeNaN();
  });

  it('measures distances', () => {
    const [x, y] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 2, 0, 0)];
    expect(distanceOf(x, y, 'largest')).toBe(4);
    expect(distanceOf(x, y, 'mean')).toBe(7 / 4);
    expect(distanceOf(x, y, 'root-mean-square')).toBe(2.5);
    expect(distanceOf(x, y, 'relative')).toBeCloseTo(5 / Math.sqrt(5), 12);
    expect(distanceOf(x, Float32Array.of(0, 0, 0, 0), 'relative')).toBe(Infinity);
  });

  it('finds the first of several largest values of each row', () => {
    expect(argmaxOf(float32([2, 3], [1, 5, 5, -1, -2, -3]))).toEqual([1, 0]);
    expect(argmaxOf(float32([2], [0, 1]))).toEqual([1]);
  });

  it('splits a map into its shares inside a mask and inside the rest', () => {
    const cells = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 16,
    });
    fc.assert(
      fc.property(cells, (list) => {
        fc.pre(list.some(([value]) => value !== 0));
        const map = float32(
          [list.length],
          list.map(([value]) => value),
        );
        const mask = float32(
          [list.length],
          list.map(([, inside]) => inside),
        );
        const rest = float32(
          [list.length],
          list.map(([, inside]) => 1 - inside),
        );
        expect(shareInside(map, mask) + shareInside(map, rest)).toBeCloseTo(1, 12);
      }),
      RUNS,
    );
    expect(() => shareInside(float32([2], [1, 1]), float32([3], [1, 1, 1]))).toThrow(RangeError);
  });
});
