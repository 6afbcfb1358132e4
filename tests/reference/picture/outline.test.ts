import { describe, expect, it } from 'vitest';
import { circle, coverage, polygon, stroke, union, without } from '../../../reference/lib/picture/outline.ts';
import { penCoverage } from '../../../reference/lib/picture/pen.ts';

const square = polygon([
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
]);
const notched = polygon([
  [0, 0],
  [4, 0],
  [4, 4],
  [2, 1],
  [0, 4],
]);

describe('an outline', () => {
  it.each([
    { what: 'the middle of a circle', outline: circle(1, 2, 3), at: [1, 2], distance: -3 },
    { what: 'a point outside of a circle', outline: circle(1, 2, 3), at: [5, 5], distance: 2 },
    { what: 'a point inside of a square', outline: square, at: [3, 2], distance: -1 },
    { what: 'a point beside a square', outline: square, at: [6, 2], distance: 2 },
    { what: 'a point off the corner of a square', outline: square, at: [7, 8], distance: 5 },
    { what: 'a point in the notch of a polygon', outline: notched, at: [2, 4], distance: 6 / Math.sqrt(13) },
    {
      what: 'a point beside a stroke',
      outline: stroke(
        [
          [0, 0],
          [4, 0],
        ],
        0.5,
      ),
      at: [2, 3],
      distance: 2.5,
    },
    {
      what: 'a point beyond the end of a stroke',
      outline: stroke(
        [
          [0, 0],
          [4, 0],
        ],
        0.5,
      ),
      at: [7, 4],
      distance: 4.5,
    },
    {
      what: 'a point beside a dot',
      outline: stroke(
        [
          [1, 1],
          [1, 1],
        ],
        1,
      ),
      at: [4, 5],
      distance: 4,
    },
    {
      what: 'a point in a hole',
      outline: without(circle(0, 0, 3), circle(0, 0, 1)),
      at: [0, 0],
      distance: 1,
    },
    {
      what: 'a point between two circles',
      outline: union(circle(0, 0, 1), circle(6, 0, 1)),
      at: [4, 0],
      distance: 1,
    },
  ] as const)('is $distance away from $what', ({ outline, at, distance }) => {
    expect(outline(at[0], at[1])).toBeCloseTo(distance, 10);
  });

  it('covers half of a pixel on its edge, none outside and all inside', () => {
    expect([-1, 0, 1].map((distance) => coverage(distance, 1))).toEqual([1, 0.5, 0]);
    expect(coverage(0.25, 1)).toBe(0.25);
    expect(coverage(0.5, 2)).toBe(0.25);
  });
});

describe('a pen', () => {
  it('leaves as much ink as its line is long and wide', () => {
    const { values } = penCoverage(40, 20, {
      lines: [
        [
          [5, 10],
          [35, 10],
        ],
      ],
      pen: 3,
    });
    const ink = values.reduce((sum, value) => sum + value, 0);
    expect(ink).toBeCloseTo(30 * 3 + Math.PI * 1.5 * 1.5, 0);
  });

  it('does not darken where two lines cross', () => {
    const { values } = penCoverage(10, 10, {
      lines: [
        [
          [0, 5],
          [10, 5],
        ],
        [
          [5, 0],
          [5, 10],
        ],
      ],
      pen: 1,
    });
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });
});
