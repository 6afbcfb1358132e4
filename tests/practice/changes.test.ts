import { expect, it } from 'vitest';
import { changesBetween } from '../../grader/practice/changes.ts';
import type { CheckResult, GradeReport } from '../../grader/report/grade-report.ts';

function report(checks: Record<string, readonly [CheckResult['outcome'], string]>): GradeReport {
  const results = Object.entries(checks).map(([id, [outcome, message]]) => ({
    id,
    part: 'one',
    outcome,
    message: [message],
  }));
  return { parts: [{ id: 'one', checks: results }] } as unknown as GradeReport;
}

it('names the checks that end otherwise or say something else, and counts the others', () => {
  const before = report({ a: ['failed', 'x2'], b: ['passed', ''], c: ['failed', 'x2'], d: ['passed', ''] });
  const after = report({ a: ['passed', ''], b: ['passed', ''], c: ['failed', 'x3'], d: ['failed', 'NaN'] });
  const { changed, same } = changesBetween(before, after);
  expect(changed.map(({ check, before: was }) => [check.id, was, check.outcome])).toEqual([
    ['a', 'failed', 'passed'],
    ['c', 'failed', 'failed'],
    ['d', 'passed', 'failed'],
  ]);
  expect(same).toBe(1);
});
