import { describe, expect, it } from 'vitest';
import { checksSeen, knownMistakesOf, wrongSolutions } from '../../../authoring/known-mistakes/compile.ts';
import { part, RIGHT, runOf, wrong } from './small-record.ts';

const { rated, recorded } = part;
const of = (half: 'public' | 'private', solutions: Parameters<typeof knownMistakesOf>[1]['wrong']) =>
  knownMistakesOf(recorded, { checks: checksSeen(rated, half), wrong: solutions, named: half === 'private' });

const both = wrong('twice', 'You count twice.', { open: 'float32 [3] 2 4 8', hidden: 'float32 [3] 6 18 54' });
const hiddenOnly = wrong('batch', 'You forget the batch.', { hidden: 'float32 [3] 3 3 3' });

describe('what is known of wrong solutions', () => {
  it('is of the public half what its own checks look at, of the private one all', () => {
    expect(of('public', [both])).toEqual({
      format: 1,
      right: { 'open/map': RIGHT.open, 'shown/map': RIGHT.shown },
      mistakes: [{ cause: 'You count twice.', returns: { 'open/map': 'float32 [3] 2 4 8' } }],
    });
    expect(of('private', [both])).toEqual({
      format: 1,
      right: { 'open/map': RIGHT.open, 'shown/map': RIGHT.shown, 'hidden/map': RIGHT.hidden },
      mistakes: [
        {
          name: 'twice',
          cause: 'You count twice.',
          returns: { 'open/map': 'float32 [3] 2 4 8', 'hidden/map': 'float32 [3] 6 18 54' },
        },
      ],
    });
  });

  it('tells in public nothing of a mistake that only private checks see', () => {
    expect(of('public', [hiddenOnly])).toBeUndefined();
    expect(JSON.stringify(of('public', [both, hiddenOnly]))).not.toContain('batch');
  });

  it('keeps one of two that return the same for the same cause', () => {
    const again = { ...both, run: runOf({ open: 'float32 [3] 2.00001 4 8', hidden: 'float32 [3] 6 18 54' }) };
    const other = { ...both, run: runOf({ open: 'float32 [3] 2 4 9', hidden: 'float32 [3] 6 18 54' }) };
    expect(of('public', [both, again])?.mistakes).toHaveLength(1);
    expect(of('public', [both, other])?.mistakes).toHaveLength(2);
    expect(of('public', [both, { ...both, cause: 'You add it to itself.' }])?.mistakes).toHaveLength(2);
  });

  it('is nothing where the reference was not run', () => {
    const nothing = { on: '', runs: {} };
    expect(
      knownMistakesOf(nothing, { checks: checksSeen(rated, 'public'), wrong: [both], named: false }),
    ).toBeUndefined();
  });
});

it('a wrong solution is known where its mistake says a cause, and its variant after it', () => {
  const run = runOf({ open: 'float32 [3] 2 4 8' });
  const names = [
    'should-fail/maps/twice',
    'again/maps/twice',
    'should-fail/maps/no-cause',
    'should-pass/maps/plain',
  ];
  const runs = Object.fromEntries(names.map((name) => [name, run]));
  const described = new Map([
    ['should-fail/maps/twice', { cause: 'You count twice.' }],
    ['should-fail/maps/no-cause', {}],
    ['should-fail/maps/not-run', { cause: 'You wait.' }],
  ]);
  const known = wrongSolutions({ on: '', runs }, described);
  expect(known.map(({ name, cause }) => [name, cause])).toEqual([
    ['should-fail/maps/twice', 'You count twice.'],
    ['again/maps/twice', 'You count twice.'],
  ]);
});
