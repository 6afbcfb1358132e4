import { describe, expect, it } from 'vitest';
import { causesTold, holdOut, whatIsTold } from '../../../authoring/known-mistakes/held-out.ts';
import { part, runOf, wrong } from './small-record.ts';

const twice = wrong('twice', 'You count twice.', {
  open: 'float32 [3] 2 4 8',
  hidden: 'float32 [3] 6 18 54',
});
const shifted = wrong('shifted', 'You begin at 1.', { open: 'float32 [3] 2 4 1' });
const related = wrong('half', 'You halve it.', { open: 'float32 [3] 0.5 1 2' }, 'factor');

describe('what a wrong solution is told', () => {
  it('is the right cause where its twin is known', () => {
    const twin = { ...twice, name: 'again/maps/twice' };
    expect(whatIsTold(part, twin, [twice, shifted], [])).toBe('right');
  });

  it('is nothing where no solution like it is known', () => {
    expect(whatIsTold(part, twice, [shifted], [])).toBe('nothing');
  });

  it('is wrong where another mistake returns the same on some case', () => {
    expect(whatIsTold(part, twice, [wrong('other', 'You add it.', { open: 'float32 [3] 2 4 8' })], [])).toBe(
      'wrong',
    );
  });

  it('is a relation where that tells the mistake, and wrong where it does not', () => {
    expect(whatIsTold(part, related, [twice], ['factor'])).toBe('relation');
    expect(whatIsTold(part, related, [twice], ['sign'])).toBe('wrong');
  });

  it('is the cause where there is a relation as well', () => {
    expect(whatIsTold(part, related, [related], [])).toBe('right');
  });
});

describe('a right solution', () => {
  it('is told nothing, had a check failed', () => {
    const run = runOf({});
    expect(causesTold(part, run, [twice, shifted], ({ id }) => id === 'open').size).toBe(0);
  });

  it('would be told a cause if it returned what a mistake returns', () => {
    const run = { ...runOf({}), returns: { ...runOf({ open: 'float32 [3] 2 4 1' }).returns } };
    expect([...causesTold(part, run, [shifted], ({ id }) => id === 'open')]).toEqual([
      ['open', 'You begin at 1.'],
    ]);
  });
});

it('every third of those whose values can be recognised is held out', () => {
  const silent = {
    ...twice,
    name: 'should-fail/maps/leak',
    run: { ...runOf({}), saysItself: ['leftovers'] },
  };
  const named = (name: string) => ({ ...twice, name });
  const { heldOut, known } = holdOut([
    named('a'),
    silent,
    named('b'),
    named('c'),
    named('d'),
    named('e'),
    named('f'),
  ]);
  expect(heldOut.map(({ name }) => name)).toEqual(['c', 'f']);
  expect(known).toHaveLength(5);
});
