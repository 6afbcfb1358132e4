import { describe, expect, it } from 'vitest';
import { otherThanExpected } from '../../../authoring/known-mistakes/run-solutions.ts';

const observed = (fails: readonly string[], saysItself: readonly string[] = []) => ({
  fails: Object.fromEntries(fails.map((id) => [id, ''] as const)),
  saysItself,
});
const mistake = { fails: ['value', 'leftovers'], mayFail: ['value', 'leftovers'] };
const variant = { fails: undefined, mayFail: ['value', 'leftovers'] };

describe('a run is recorded', () => {
  it('where exactly those checks fail that must', () => {
    expect(otherThanExpected(mistake, observed(['value'], ['leftovers']))).toBeUndefined();
    expect(otherThanExpected({ fails: [], mayFail: [] }, observed([]))).toBeUndefined();
  });

  it('of a variant where no other check fails than those of its mistake', () => {
    expect(otherThanExpected(variant, observed(['value']))).toBeUndefined();
    expect(otherThanExpected(variant, observed(['value', 'gradient']))).toContain('fails gradient');
  });

  it('in no other case', () => {
    expect(otherThanExpected(mistake, observed(['value']))).toContain('does not fail leftovers');
    expect(otherThanExpected(mistake, observed(['value', 'gradient'], ['leftovers']))).toContain(
      'fails gradient',
    );
    expect(otherThanExpected({ fails: [], mayFail: [] }, observed(['value']))).toContain('fails value');
  });
});
