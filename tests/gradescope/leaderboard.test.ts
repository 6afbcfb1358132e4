import { expect, it } from 'vitest';
import { leaderboardValues } from '../../grader/pipeline/judging/leaderboard-values.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import type { ValueTree } from '../../grader/format/value-tree.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { floats } from '../../grader/format/literals.ts';

const returned = (value: ValueTree, tensors = {}): CallOutcome => ({
  kind: 'returned',
  value,
  tensors,
  seconds: 1.23456789,
});
const outcomes = new Map([
  [
    'run',
    new Map<string, CallOutcome>([
      ['number', returned({ record: { loss: { number: 0.123456789 } } })],
      ['tensor', returned({ tensor: 't0' }, { t0: floats([], [42]) })],
      ['image', returned({ tensor: 't0' }, { t0: floats([2], [1, 2]) })],
      ['nan', returned({ number: 'NaN' })],
      ['failed', { kind: 'failed', reason: 'threw', summary: 'it threw', details: [] }],
    ]),
  ],
]);
const checks = [
  { id: 'right', outcome: 'passed' },
  { id: 'wrong', outcome: 'failed' },
] as const;

function valuesFor(
  change: object,
  requires: readonly string[] = ['right'],
  privateCases: ReadonlySet<string> = new Set(),
): unknown[] {
  const { leaderboard } = policy.parse({
    leaderboard: [{ name: 'Column', order: 'asc', part: 'one', case: 'run', requires, ...change }],
  });
  const values = leaderboardValues({ entries: leaderboard!, part: 'one', privateCases, outcomes, checks });
  return values.map(({ value }) => value);
}

it('shows two digits of what comes of a private case', () => {
  const hidden = new Set(['run']);
  expect(valuesFor({ value: { call: 'number', path: ['loss'] } }, ['right'], hidden)).toEqual([0.12]);
  expect(valuesFor({ seconds: 'tensor' }, ['right'], hidden)).toEqual([1.2]);
});

it.each([
  ['a number inside a record', { value: { call: 'number', path: ['loss'] } }, [0.123457]],
  ['a tensor of one value', { value: { call: 'tensor' } }, [42]],
  ['the seconds of a call', { seconds: 'tensor' }, [1.23457]],
  ['nothing for a tensor of several values', { value: { call: 'image' } }, []],
  ['nothing for NaN', { value: { call: 'nan' } }, []],
  ['nothing for a call that failed', { value: { call: 'failed' } }, []],
  ['nothing for a call that was not made', { seconds: 'other' }, []],
  ['nothing for another part', { part: 'two', seconds: 'tensor' }, []],
])('the leaderboard shows %s', (_, change, values) => {
  expect(valuesFor(change)).toEqual(values);
});

it('a solution whose checks fail is not on the leaderboard', () => {
  expect(valuesFor({ seconds: 'tensor' }, ['right', 'wrong'])).toEqual([]);
});
