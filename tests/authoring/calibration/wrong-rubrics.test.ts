import { expect, it } from 'vitest';
import { loadMeasured, type Measured, type MeasuredRun } from '../../../authoring/calibration/measured.ts';
import { problemsOf } from '../../../authoring/calibration/problems.ts';
import { checkRubric } from '../../../authoring/fixtures/check-rubric.ts';
import { mistakesOf } from '../../../authoring/judging/mistakes.ts';
import type { Check } from '../../../grader/checks/index.ts';
import { assignment } from '../../../reference/assignment.ts';

const PART = 'tv-loss';
const checks = checkRubric(assignment.parts.find(({ id }) => id === PART)!).map(({ check }) => check);
const mistakes = mistakesOf(PART);
const recorded = loadMeasured(PART);

interface Rubric {
  readonly checks: readonly Check[];
  readonly measured: Measured;
}

const eachRun = (measured: Measured, change: (run: MeasuredRun) => MeasuredRun): Measured => {
  const changed = (runs: Measured['right']) =>
    Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, change(run)]));
  return { ...measured, right: changed(measured.right), wrong: changed(measured.wrong) };
};

/** What would have been recorded had the tolerance been another: shares are inversely proportional to it. */
const scaled = (id: string, factor: number): Rubric => ({
  checks: checks.map((check) =>
    check.id === id && 'rtol' in check
      ? { ...check, rtol: check.rtol * factor, atol: check.atol * factor }
      : check,
  ),
  measured: eachRun(recorded, ({ key, fails, used }) => {
    if (used[id] === undefined) return { key, fails, used };
    const share = used[id] / factor;
    const others = fails.filter((one) => one !== id);
    return { key, fails: share > 1 ? [...others, id] : others, used: { ...used, [id]: share } };
  }),
});

const without = (id: string): Rubric => ({
  checks: checks.filter((check) => check.id !== id),
  measured: eachRun(recorded, ({ fails, ...run }) => ({ ...run, fails: fails.filter((one) => one !== id) })),
});

/** As with an expected value that is right no more: nothing is near it. */
const withAnotherValue = (id: string): Rubric => ({
  checks,
  measured: eachRun(recorded, ({ key, fails, used }) => ({
    key,
    fails: [...new Set([...fails, id])],
    used: { ...used, [id]: 100 },
  })),
});

it('the rubric as it is has no problem', () => {
  expect(Object.keys(recorded.wrong).length).toBeGreaterThan(10);
  expect(problemsOf(checks, recorded, mistakes)).toEqual([]);
});

it.each([
  ['the tolerance of the value, times 100', scaled('value', 100), /^value: the tolerance is \d+ times/],
  ['that of a gradient', scaled('gradient', 100), /^gradient: the tolerance/],
  [
    'that of the landscape',
    scaled('landscape', 100),
    /^landscape: should-fail\S+ is wrong and does not fail it/,
  ],
  ['that of one row', scaled('one-row', 100), /^one-row: the tolerance/],
  [
    'the tolerance of a gradient, divided by 1000',
    scaled('gradient', 1e-3),
    /^gradient: should-pass\S+ .*is right/,
  ],
  ['that of a batch, divided by 1000', scaled('batch', 1e-3), /^batch: should-pass\S+ .*is right/],
  ['a check of values removed', without('wide-image'), /^wide-image: .* but there is no such check/],
  ['a check of an edge removed', without('weight-zero'), /^weight-zero: .* but there is no such check/],
  ['a check of the operations removed', without('vectorized'), /^vectorized: .* but there is no such check/],
  ['a check of the memory removed', without('leftovers'), /^leftovers: .* but there is no such check/],
  ['an expected value changed', withAnotherValue('batch'), /^batch: should-pass\S+ .*is right and fails it/],
  [
    'an expected gradient changed',
    withAnotherValue('gradient'),
    /^gradient: should-pass\S+ .*is right and fails it/,
  ],
])('a wrong rubric is found: %s', (_, rubric, problem) => {
  expect(problemsOf(rubric.checks, rubric.measured, mistakes)).toContainEqual(expect.stringMatching(problem));
});
