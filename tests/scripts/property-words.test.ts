import { describe, expect, it } from 'vitest';
import { check, type CheckDefinition } from '../../grader/checks/index.ts';
import { toleranceLines } from '../../scripts/explain/tolerance-lines.ts';
import { checkResult } from '../gradescope/sample-report.ts';

type Holds = Extract<CheckDefinition, { kind: 'property' }>['holds'];

/** What is said of a property of the map, without that it failed. */
function words(holds: Holds[number], more: { each?: boolean; outcome?: 'failed' } = {}): string {
  const { outcome = 'passed', ...rest } = more;
  const of = check.parse({
    ...{ kind: 'property', id: 'x', title: 'x', points: 1, case: 'c', value: { call: 'map' } },
    ...{ name: 'the map', holds: [holds], ...rest },
  });
  return toleranceLines(of, checkResult({ outcome }), true).join('\n');
}

const other = { result: { call: 'plain' }, name: 'the plain image' };

describe('a property is said in words:', () => {
  const examples: readonly (readonly [string, Holds[number]])[] = [
    ['the largest value of the map lies at index 8', { property: 'argmax', is: 8 }],
    ['the largest value of the map lies anywhere but at index 8', { property: 'argmax', isNot: 8 }],
    ['the largest value of the map lies at the indices 1, 2, row by row', { property: 'argmax', is: [1, 2] }],
    [
      'the largest value of the map lies at the index given by the labels',
      { property: 'argmax', is: { input: 'labels' } },
    ],
    ['the change of the map from first to last is at least 20', { property: 'change', atLeast: 20 }],
    [
      'the correlation of the map with the other result is at most -0.999',
      { property: 'correlation', with: { result: { call: 'maps' } }, atMost: -0.999 },
    ],
    [
      'the relative difference between the map and the expected one is at most 0.2',
      { property: 'distance', to: { expected: { call: 'map' } }, metric: 'relative', atMost: 0.2 },
    ],
    ['no value of the map is NaN or infinite', { property: 'finite' }],
    [
      'the share of the map inside the mask is at least 0.25',
      { property: 'inside-mask', mask: { input: 'mask' }, atLeast: 0.25 },
    ],
    ['the values of the map are rising', { property: 'monotone', direction: 'rising' }],
    [
      'the values of the map are falling, and none steps back by more than 0.5',
      { property: 'monotone', direction: 'falling', slack: 0.5 },
    ],
    [
      'each value of the map is at least 0 and at most 1, or off by at most 0.000001',
      { property: 'range', min: 0, max: 1 },
    ],
    ['each value of the map is 1', { property: 'range', min: 1, max: 1, slack: 0 }],
    ['the shape of the map is [17]', { property: 'shape', is: [17] }],
    ['the shape of the map is that of the plain image', { property: 'shape', is: other }],
    ['the norm of the map is at most 0.000001', { property: 'statistic', of: 'norm', atMost: 1e-6 }],
    [
      'the total variation of the map along the axes 0, 1, relative to that of the plain image, is at least 0.01 and at most 0.7',
      {
        ...{ property: 'statistic', of: 'total-variation', relativeTo: other, axes: [0, 1] },
        ...{ atLeast: 0.01, atMost: 0.7 },
      },
    ],
  ];
  it.each(examples)('%s', (said, holds) => {
    expect(words(holds)).toBe(said);
    expect(words(holds, { each: true })).toBe(`of each item by itself: ${said}`);
  });
});

it('says that nothing was measured only where something can be', () => {
  expect(words({ property: 'argmax', is: 8 }, { outcome: 'failed' })).toMatch(
    /\nit holds or does not: how far off the values are has no measure$/,
  );
  expect(words({ property: 'range', min: 0 }, { outcome: 'failed' })).toMatch(
    /\nnothing could be measured by it; the message says why$/,
  );
});
