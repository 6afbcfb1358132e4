import { MiB } from '../../grader/format/units.ts';
import type { CheckResult, GradeReport } from '../../grader/report/grade-report.ts';

/** A check's result that passed with 2 of 2 points, but for what is changed. */
export function checkResult(change: Partial<CheckResult>): CheckResult {
  return {
    id: 'value',
    part: 'one',
    title: 'the value is right',
    half: 'public',
    outcome: 'passed',
    earned: 2,
    points: 2,
    bonus: false,
    message: [],
    ...change,
  };
}

/** A finished report on one part with these checks, but for what is changed. */
export function sampleReport(checks: readonly CheckResult[], change: Partial<GradeReport> = {}): GradeReport {
  const earned = checks.reduce((sum, one) => sum + one.earned, 0);
  const points = checks.reduce((sum, one) => sum + (one.bonus ? 0 : one.points), 0);
  return {
    assignment: { id: 'a', title: 'An assignment' },
    submission: { name: 's.zip', sha256: '', files: 1, untouched: false },
    state: 'complete',
    parts: [
      {
        id: 'one',
        title: 'Part one',
        group: 'A',
        files: ['one.ts'],
        checks,
        earned,
        points,
        seconds: 0.1,
        peakBytes: 178 * MiB,
        state: 'graded',
      },
    ],
    score: earned,
    points,
    notices: [],
    incidents: [],
    seconds: 1.25,
    environment: { backend: 'wasm', isolation: 'strong', versions: {}, seed: 's' },
    ...change,
  };
}
