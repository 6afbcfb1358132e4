import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../grader/mistakes/fingerprint.ts';
import type { Sight } from '../../grader/mistakes/match.ts';
import { resultsOfOtherCalls } from '../../grader/mistakes/other-call.ts';

const near = { atol: 1e-6, rtol: 1e-4 };
const of = (...values: number[]) =>
  fingerprintOf({ dtype: 'float32', shape: [values.length], data: Float32Array.from(values) });

/** What came back, and what should have, by place. */
function found(places: Record<string, readonly [received: number[], right: number[]]>): string[] {
  const sights = new Map<string, Sight>(
    Object.entries(places).map(([place, [received, right]]) => [
      place,
      { of: place, received: of(...received), right: of(...right), near },
    ]),
  );
  const failed = [...sights.keys()].map((place) => ({ id: place, places: [place] }));
  return [...resultsOfOtherCalls(failed, sights)];
}

describe('the result of another call', () => {
  it('is known where an argument is ignored', () => {
    expect(
      found({
        'classes/cat.map': [
          [1, 2, 3],
          [1, 2, 3],
        ],
        'classes/dog.map': [
          [1, 2, 3],
          [5, 4, 7],
        ],
      }),
    ).toEqual(['classes/dog.map']);
  });

  it('is known where two are exchanged', () => {
    expect(
      found({
        'pair/a': [
          [5, 4],
          [1, 2],
        ],
        'pair/b': [
          [1, 2],
          [5, 4],
        ],
      }),
    ).toEqual(['pair/a', 'pair/b']);
  });

  it.each([
    [
      'is none of another case',
      {
        'one/a': [
          [5, 4],
          [1, 2],
        ],
        'two/b': [
          [0, 9],
          [5, 4],
        ],
      },
    ],
    [
      'is none of the same call',
      {
        'one/a.first': [
          [5, 4],
          [1, 2],
        ],
        'one/a.second': [
          [0, 9],
          [5, 4],
        ],
      },
    ],
    [
      'is none where both should be the same',
      {
        'one/a': [
          [1, 2],
          [1, 2],
        ],
        'one/b': [
          [1, 2],
          [1, 2],
        ],
      },
    ],
    [
      'is none where it is the same everywhere',
      {
        'one/a': [
          [3, 3],
          [1, 2],
        ],
        'one/b': [
          [9, 9],
          [3, 3],
        ],
      },
    ],
    ['is none of a number alone', { 'one/a': [[5], [1]], 'one/b': [[7], [5]] }],
  ] as [string, Record<string, [number[], number[]]>][])('%s', (_, places) => {
    expect(found(places)).toEqual([]);
  });
});
