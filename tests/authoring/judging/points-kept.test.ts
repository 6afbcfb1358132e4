import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMistakePage, type MistakePage } from '../../../authoring/judging/mistake-page.ts';
import { mistakesOf } from '../../../authoring/judging/mistakes.ts';
import type { Expectation } from '../../../authoring/judging/expectation.ts';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import type { Check } from '../../../grader/checks/index.ts';
import { FIXTURES } from '../../../repository.ts';

/** The share of its part's points that a wrong solution keeps at most, unless its page says why. */
const USUAL_SHARE = 0.6;
/** A share of exactly that is no more than that, however points add up in binary. */
const ROUNDING = 1e-9;

type Worth = Pick<Check, 'id' | 'points' | 'bonus'>;

function pointsOf(checks: readonly Worth[], bonus: boolean): number {
  return checks
    .filter((check) => (check.bonus ?? false) === bonus)
    .reduce((sum, { points }) => sum + points, 0);
}

/** The share of a part's points that a mistake keeps, bonus aside. */
function shareKept(checks: readonly Worth[], { fails, skips, keeps }: Expectation): number {
  const lost = new Set([...fails, ...skips]);
  const passed = checks.filter(({ id }) => !lost.has(id));
  const kept = keeps === undefined ? pointsOf(passed, false) : keeps - pointsOf(passed, true);
  return kept / pointsOf(checks, false);
}

/** What is wrong with the page of a mistake that keeps a share of its part's points. */
function problemOf(share: number, { about, keepsMuch: reason }: MistakePage): string | undefined {
  const kept = `it keeps ${(100 * share).toFixed(1)} % of its part's points`;
  if (about.includes('It keeps much')) return 'the paragraph “It keeps much: ” is not the last one';
  if (share <= USUAL_SHARE + ROUNDING)
    return reason === undefined ? undefined : `${kept}, which is usual; take out “It keeps much: ”`;
  if (reason === undefined)
    return `${kept}; end with a paragraph “It keeps much: ” and why, or let checks find more`;
  return /^\S.{20,}\.$/.test(reason) ? undefined : 'the paragraph “It keeps much: ” is no sentence';
}

const { parts } = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);

describe('a wrong solution keeps at most 60 % of its part’s points, or its page says why', () => {
  it.each(parts.map(({ id, checks }) => ({ id, checks: checks.map(({ check }) => check) })))(
    '$id',
    ({ id, checks }) => {
      const problems = [...mistakesOf(id)].flatMap(([place, mistake]) => {
        const page = readMistakePage(join(FIXTURES, 'submissions', place));
        const problem = problemOf(shareKept(checks, mistake), page);
        return problem === undefined ? [] : [`fixtures/submissions/${place}/README.md: ${problem}`];
      });
      expect(problems).toEqual([]);
    },
  );
});

describe('the page of a mistake', () => {
  const page = (keepsMuch?: string, about = 'Adds up.'): MistakePage => ({ about, keepsMuch });
  const reason = 'only a batch of several images shows it.';

  it('needs a reason where much is kept', () => {
    expect(problemOf(0.604, page())).toMatch(/^it keeps 60\.4 % .*; end with a paragraph/);
    expect(problemOf(0.604, page(reason))).toBeUndefined();
    expect(problemOf(0.9, page('half'))).toMatch(/is no sentence/);
    expect(problemOf(0.9, page(undefined, `Adds up. It keeps much: ${reason}`))).toMatch(/not the last/);
  });

  it('needs none, and has none, where no more is kept than usual', () => {
    expect(problemOf(0.1 + 0.2 + 0.3, page())).toBeUndefined();
    expect(problemOf(0.6, page(reason))).toMatch(/which is usual; take out/);
  });
});

describe('the share of the points that a mistake keeps', () => {
  const worth = (id: string, points: number, bonus?: true): Worth => ({ id, points, bonus });
  const checks = [worth('value', 3), worth('leftovers', 1), worth('more', 1, true)];
  const share = (fields: Partial<Expectation>): number =>
    shareKept(checks, { part: 'mean', fails: ['value'], skips: [], ...fields });

  it('is that of the checks that neither fail nor are skipped', () => {
    expect(share({})).toBeCloseTo(1 / 4, 9);
    expect(share({ fails: ['leftovers'] })).toBeCloseTo(3 / 4, 9);
    expect(share({ skips: ['leftovers'] })).toBe(0);
  });

  it('leaves bonus points aside', () => {
    expect(share({ fails: ['more'] })).toBe(1);
    expect(share({ keeps: 3.5 })).toBeCloseTo(2.5 / 4, 9);
    expect(share({ fails: ['value', 'more'], keeps: 2.5 })).toBeCloseTo(2.5 / 4, 9);
  });
});
