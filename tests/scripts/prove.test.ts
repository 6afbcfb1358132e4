import { describe, expect, it } from 'vitest';
import { differences } from '../../scripts/prove/differences.ts';
import { solutionsOf } from '../../scripts/prove/solutions.ts';

describe('the verdicts of two backends', () => {
  const expected = { a: { value: 'passed', shape: 'failed' }, b: { value: 'passed' } };

  it('differ nowhere where they are the same', () => {
    expect(differences({ expected, actual: structuredClone(expected) })).toEqual([]);
  });

  it('differ in each check of another outcome, and in what was not judged', () => {
    expect(differences({ expected, actual: { a: { value: 'failed', shape: 'failed' } } })).toEqual([
      { solution: 'a', check: 'value', expected: 'passed', actual: 'failed' },
      { solution: 'b', check: 'value', expected: 'passed', actual: 'none' },
    ]);
  });
});

describe('the solutions of a part', () => {
  it('are its typical mistakes and its other right solutions', () => {
    const kinds = solutionsOf('tv-loss').map(({ name }) => name.split('/')[0]);
    expect(kinds.filter((kind) => kind === 'should-fail').length).toBeGreaterThanOrEqual(3);
    expect(kinds.filter((kind) => kind === 'should-pass').length).toBeGreaterThanOrEqual(1);
  });
});
