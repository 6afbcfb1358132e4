import { describe, expect, it } from 'vitest';
import { property } from '../../grader/checks/property/properties.ts';
import { float32, int32 } from '../numeric/tensors.ts';
import { judgeProperties } from './evidence.ts';

const map = (values: readonly number[], shape: readonly number[] = [values.length]) => float32(shape, values);
const outcome = (...args: Parameters<typeof judgeProperties>): string => judgeProperties(...args).outcome;
const texts = (...args: Parameters<typeof judgeProperties>): string => {
  const verdict = judgeProperties(...args);
  return verdict.outcome === 'failed' ? [verdict.summary, ...verdict.details].join('\n') : verdict.outcome;
};

describe('the property check', () => {
  it.each([
    ['finite values', map([0, 1]), [{ property: 'finite' as const }]],
    ['values inside a range', map([0, 0.5, 1]), [{ property: 'range' as const, min: 0, max: 1 }]],
    ['a given shape', map([0, 1], [1, 2]), [{ property: 'shape' as const, is: [1, 2] }]],
    ['a rise', [1, 0, 4], [{ property: 'change' as const, atLeast: 3 }]],
    ['a fall', [4, 0, 1], [{ property: 'change' as const, atMost: -3 }]],
    ['a rising sequence', [1, 1, 2], [{ property: 'monotone' as const, direction: 'rising' as const }]],
    [
      'a falling sequence with a small step back',
      [3, 3.05, 1],
      [{ property: 'monotone' as const, direction: 'falling' as const, slack: 0.1 }],
    ],
    [
      'a number within bounds',
      0.4,
      [{ property: 'statistic' as const, of: 'mean' as const, atLeast: 0.3, atMost: 0.5 }],
    ],
    ['the right class', map([1, 3, 2, 9, 0, 0], [2, 3]), [{ property: 'argmax' as const, is: [1, 0] }]],
    ['another class than the first', map([1, 3, 2]), [{ property: 'argmax' as const, isNot: 0 }]],
  ])('passes %s', (_, result, holds) => {
    expect(outcome({ returned: { result } }, holds)).toBe('passed');
  });

  it.each([
    [
      'NaN',
      map([0, NaN]),
      [{ property: 'finite' as const }],
      'NaN or infinite: 1 of 2 values, the first is NaN at [1]',
    ],
    [
      'a NaN under any other property',
      map([NaN, 1]),
      [{ property: 'range' as const, min: 0 }],
      'NaN or infinite: 1 of 2 values, the first is NaN at [0]',
    ],
    [
      'a negative value',
      map([0, 1, -0.25, 3], [2, 2]),
      [{ property: 'range' as const, min: 0 }],
      'the map: 1 of 4 values are outside: they must be at least 0; worst at [1,0]: -0.25',
    ],
    [
      'another shape',
      map([0, 1]),
      [{ property: 'shape' as const, is: [1, 2] }],
      'the shape [2]; expected [1,2]',
    ],
    [
      'too small a rise',
      [1, 9, 3],
      [{ property: 'change' as const, atLeast: 3 }],
      'the change of the map from first to last is 2; it must be at least 3 (from 1 to 3)',
    ],
    [
      'a step back',
      [1, 3, 2],
      [{ property: 'monotone' as const, direction: 'rising' as const }],
      'from place 1 to 2 it goes from 3 to 2',
    ],
    [
      'a mean out of bounds',
      map([2, 4]),
      [{ property: 'statistic' as const, of: 'mean' as const, atMost: 2.5 }],
      'the mean of the map is 3; it must be at most 2.5',
    ],
    [
      'a wrong class',
      map([1, 3, 2, 0, 0, 9], [2, 3]),
      [{ property: 'argmax' as const, is: 1 }],
      'the map must be largest at 1 in row 1, it is largest at 2',
    ],
    ['nothing', map([], [0, 4]), [{ property: 'finite' as const }], 'the map is empty'],
  ])('fails %s and says so', (_, result, holds, words) => {
    expect(texts({ returned: { result } }, holds)).toContain(words);
  });

  it('keeps values out of the summary, which is all that is shown of a private case', () => {
    const verdict = judgeProperties({ returned: { result: map([2.5, 4.25]) } }, [
      { property: 'statistic', of: 'mean', atMost: 2.125 },
      { property: 'range', max: 3.5 },
    ]);
    expect(verdict).toMatchObject({ outcome: 'failed', summary: 'the mean of the map is too large' });
    expect(verdict.outcome === 'failed' && verdict.details).toHaveLength(2);
  });

  it('asks for all of several properties and names each one that does not hold', () => {
    const verdict = judgeProperties({ returned: { result: map([-1, 5]) } }, [
      { property: 'finite' },
      { property: 'range', min: 0 },
      { property: 'statistic', of: 'max', atMost: 4 },
    ]);
    expect(verdict).toMatchObject({
      outcome: 'failed',
      details: [expect.stringContaining('at least 0'), expect.stringContaining('largest value')],
    });
  });

  it('compares with another result, an input and the expected result', () => {
    const given = {
      returned: { result: map([1, 2, 3]), second: map([2, 4, 7]) },
      inputs: { image: map([1, 2, 3]) },
      expected: { result: map([1, 2, 4]) },
    };
    expect(
      outcome(given, [{ property: 'distance', metric: 'largest', to: { input: 'image' }, atMost: 0 }]),
    ).toBe('passed');
    expect(
      texts(given, [
        {
          property: 'distance',
          metric: 'largest',
          to: { result: { call: 'second' }, name: 'the second map' },
          atMost: 1,
        },
      ]),
    ).toContain('the largest difference between the map and the second map is 4; it must be at most 1');
    expect(
      outcome(given, [{ property: 'correlation', with: { expected: { call: 'result' } }, atLeast: 0.97 }]),
    ).toBe('passed');
  });

  it('fails on two calls that return the same where they should differ', () => {
    const same = { returned: { result: map([1, 2]), again: map([1, 2]) } };
    const differ = [
      {
        property: 'distance' as const,
        metric: 'relative' as const,
        to: { result: { call: 'again' } },
        atLeast: 0.1,
      },
    ];
    expect(outcome(same, differ)).toBe('failed');
    expect(outcome({ returned: { ...same.returned, again: map([2, 1]) } }, differ)).toBe('passed');
  });

  it('takes the ratio of a statistic to that of another result', () => {
    const returned = { result: map([0, 1, 0, 1], [2, 2]), rough: map([0, 2, 0, 2], [2, 2]) };
    const smoother = (atMost: number) => [
      {
        property: 'statistic' as const,
        of: 'total-variation' as const,
        relativeTo: { result: { call: 'rough' } },
        atMost,
      },
    ];
    expect(outcome({ returned }, smoother(0.25))).toBe('passed');
    expect(outcome({ returned }, smoother(0.2))).toBe('failed');
    expect(texts({ returned: { ...returned, rough: map([1, 1, 1, 1], [2, 2]) } }, smoother(1))).toContain(
      'the total variation of the other result is 0',
    );
  });

  it('measures the share of a map inside a mask, for every channel of a pixel alike', () => {
    const mask = map([1, 0.5, 0, 0], [2, 2]);
    const inside = (atLeast: number) => [
      { property: 'inside-mask' as const, mask: { input: 'mask' }, atLeast },
    ];
    const given = { returned: { result: map([-4, 4, 1, 1], [2, 2]) }, inputs: { mask } };
    expect(outcome(given, inside(0.6))).toBe('passed');
    expect(texts(given, inside(0.61))).toContain('the share of the map inside the mask is 0.6');
    const colours = map([4, -4, 4, 4, 4, 4, 2, 0, 0, 0, 0, 0], [2, 2, 3]);
    expect(outcome({ ...given, returned: { result: colours } }, inside(18 / 26))).toBe('passed');
    expect(texts({ ...given, returned: { result: map([0, 0, 0, 0], [2, 2]) } }, inside(0))).toContain(
      '0 everywhere',
    );
    expect(texts({ ...given, returned: { result: map([1, 1, 1, 1]) } }, inside(0))).toContain('does not fit');
  });

  it('never takes a constant result as correlated', () => {
    const given = { returned: { result: map([0, 0, 0]) }, inputs: { other: map([1, 2, 3]) } };
    expect(texts(given, [{ property: 'correlation', with: { input: 'other' }, atLeast: -1 }])).toContain(
      'the map has the same value everywhere',
    );
  });

  it('judges each item of a batch on its own when asked to', () => {
    const given = {
      returned: { result: map([3, 1, 1, 3], [2, 2]) },
      inputs: { mask: map([1, 0, 1, 0], [2, 2]), one: map([1, 0]) },
    };
    const inside = [{ property: 'inside-mask' as const, mask: { input: 'mask' }, atLeast: 0.5 }];
    expect(outcome(given, inside)).toBe('passed');
    expect(texts(given, inside, { each: true })).toContain(
      'the share of the map (item 1) inside the mask (item 1) is 0.25',
    );
    const alone = [
      { property: 'distance' as const, metric: 'largest' as const, to: { input: 'one' }, atMost: 3 },
    ];
    expect(outcome(given, alone, { each: true })).toBe('passed');
    expect(texts({ returned: { result: 3 } }, [{ property: 'finite' }], { each: true })).toContain(
      'one number',
    );
  });

  it('reads numbers out of lists of tensors, numbers and truth values', () => {
    const tree = { list: [{ boolean: true }, { boolean: false }, { boolean: true }] };
    const sum = { property: 'statistic' as const, of: 'sum' as const, atLeast: 2, atMost: 2 };
    expect(outcome({ returned: { result: { tree } } }, [sum])).toBe('passed');
    expect(
      texts({ returned: { result: { tree: { list: [{ number: 1 }, { text: 'two' }] } } } }, [sum]),
    ).toContain('should be a tensor or numbers; received a list of 2');
  });

  it('makes no more of a list that names one tensor again and again than an answer can hold', () => {
    const tensors = { t: map(Array.from({ length: 2 ** 14 }, () => 1)) };
    const row = { list: Array.from({ length: 60 }, () => ({ tensor: 't' })) };
    const value = { list: Array.from({ length: 60 }, () => row) };
    const repeated = { kind: 'returned', value, tensors, seconds: 0 } as const;
    expect(texts({ returned: { result: repeated } }, [{ property: 'finite' }])).toContain('received a list');
  });

  it('takes nothing with very many items for a batch', () => {
    const holds = [{ property: 'finite' as const }];
    const empty = map([], [2 ** 40, 0]);
    expect(texts({ returned: { result: empty } }, holds, { each: true })).toContain('is empty');
    const many = map(
      Array.from({ length: 5000 }, () => 0),
      [5000, 1],
    );
    expect(texts({ returned: { result: many } }, holds, { each: true })).toContain('more than 1024 items');
  });

  it('says of a private case what kind of value came back, in no words of the submission', () => {
    const verdict = judgeProperties({ returned: { result: { tree: { record: { told: { number: 1 } } } } } }, [
      { property: 'finite' },
    ]);
    expect(verdict).toMatchObject({
      summary: expect.stringMatching(/received an object$/),
      details: [expect.stringContaining('an object with told')],
    });
  });

  it('passes on why a call did not return', () => {
    const failed = { kind: 'failed', reason: 'threw', summary: 'it threw an error', details: [] } as const;
    const near = {
      property: 'distance' as const,
      metric: 'mean' as const,
      to: { result: { call: 'second' } },
      atMost: 1,
    };
    expect(texts({ returned: { result: failed } }, [{ property: 'finite' }])).toContain('it threw an error');
    expect(texts({ returned: { result: 1, second: failed } }, [near])).toContain('it threw an error');
    const stub = { ...failed, reason: 'not-implemented' as const };
    expect(outcome({ returned: { result: stub } }, [{ property: 'finite' }])).toBe('not-attempted');
  });

  it('says how much of a bound was used', () => {
    const used = (result: number, atLeast?: number, atMost?: number) => {
      const verdict = judgeProperties({ returned: { result } }, [
        { property: 'statistic', of: 'mean', ...(atLeast ? { atLeast } : {}), ...(atMost ? { atMost } : {}) },
      ]);
      return 'measure' in verdict ? verdict.measure?.used : undefined;
    };
    expect(used(4, 2)).toBe(0.5);
    expect(used(1, 2)).toBe(2);
    expect(used(-1, 2)).toBe(1e6);
    expect(used(3, undefined, 4)).toBe(0.75);
  });

  it('refuses an entry without a bound, and one of an unknown property', () => {
    expect(property.safeParse({ property: 'change' }).success).toBe(false);
    expect(property.safeParse({ property: 'range' }).success).toBe(false);
    expect(property.safeParse({ property: 'argmax', is: 1, isNot: 2 }).success).toBe(false);
    expect(property.safeParse({ property: 'pretty' }).success).toBe(false);
  });

  it('compares classes with labels that are an input', () => {
    const scores = map([0, 9, 9, 0], [2, 2]);
    const is = (labels: readonly number[]) =>
      outcome({ returned: { result: scores }, inputs: { labels: int32([2], labels) } }, [
        { property: 'argmax', is: { input: 'labels' } },
      ]);
    expect(is([1, 0])).toBe('passed');
    expect(is([1, 1])).toBe('failed');
  });
});
