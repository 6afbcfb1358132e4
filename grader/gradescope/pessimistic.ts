import { loadAssignment } from '../assignment/load.ts';
import { reportOfRun } from '../pipeline/run/report-of-run.ts';
import { freshRun } from '../pipeline/run/run-facts.ts';
import { toGradescope } from './results.ts';
import type { GradescopeResults } from './results-schema.ts';

const NOT_STARTED =
  'The grader did not start, so nothing was graded. This is not your fault. Please contact the staff.';

/** The results that lie there before the grader itself runs: every check with 0 points, and what to do. */
export function pessimisticResults(assignment: readonly string[]): GradescopeResults {
  const loaded = loadAssignment(assignment);
  const report = reportOfRun(freshRun(loaded, 'none'));
  const results = toGradescope(report, { policy: loaded.policy });
  return { ...results, execution_time: 0, output: NOT_STARTED, output_format: 'text' };
}
