import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMeasured } from '../../../authoring/calibration/measured.ts';
import { companions, failuresOf, knowsMistakes, rubricPage } from '../../../authoring/calibration/page.ts';
import { needlessReasons, problemsOf } from '../../../authoring/calibration/problems.ts';
import { loadReasons } from '../../../authoring/calibration/reasons.ts';
import { checkRubric } from '../../../authoring/fixtures/check-rubric.ts';
import { mistakesOf } from '../../../authoring/judging/mistakes.ts';
import { loadEquivalent, loadMutants } from '../../../authoring/mutants/record.ts';
import { LEAST_KILLED, survivalOf } from '../../../authoring/mutants/survival.ts';
import { assignment } from '../../../reference/assignment.ts';
import { ROOT } from '../../../repository.ts';

describe.each(assignment.parts)('what is recorded of $id', (part) => {
  const rated = checkRubric(part);
  const measured = loadMeasured(part.id);

  it('leaves every tolerance its margins, passes what is right and fails what is wrong', () => {
    const checks = rated.map(({ check }) => check);
    expect(problemsOf(checks, measured, mistakesOf(part.id))).toEqual([]);
  });

  it('has no check that nothing fails, unless for a reason', () => {
    if (!knowsMistakes(part.id)) return;
    const found = loadReasons(part.id);
    const failures = failuresOf(part.id);
    const unfailed = companions(rated, failures, found).filter(({ reason }) => reason === undefined);
    expect(unfailed.map(({ check }) => check)).toEqual([]);
    const checks = rated.map(({ check }) => check);
    expect(needlessReasons(checks, failures, found)).toEqual([]);
  });

  it('has nearly all mutants die, and none called equivalent that does', () => {
    const survival = survivalOf(rated, loadMutants(part.id), loadEquivalent(part.id));
    const { counted, killed, ofValues, wronglyEquivalent } = survival;
    expect(killed).toBeGreaterThanOrEqual(LEAST_KILLED.allChecks * counted);
    expect(ofValues.killedByPrivate).toBeGreaterThanOrEqual(LEAST_KILLED.privateChecks * ofValues.counted);
    expect(wronglyEquivalent).toEqual([]);
  });
});

it('docs/rubric.md says what is recorded: npm run calibrate -- --known', () => {
  expect(readFileSync(join(ROOT, 'docs/rubric.md'), 'utf8')).toBe(rubricPage(assignment.parts));
});
