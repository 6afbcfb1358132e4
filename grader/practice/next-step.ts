import type { Assignment } from '../assignment/loaded.ts';
import type { CheckResult, GradeReport } from '../report/grade-report.ts';

/** Whether every check that was attempted passed. */
export function allAttemptedPass({ state, parts }: GradeReport): boolean {
  const happy: readonly CheckResult['outcome'][] = ['passed', 'not-attempted'];
  return (
    state === 'complete' && parts.every(({ checks }) => checks.every((one) => happy.includes(one.outcome)))
  );
}

/** The file in which the work on a part is done. */
function fileOf(assignment: Assignment, id: string): string | undefined {
  const part = assignment.parts.find((one) => one.id === id);
  return part?.solutionFiles[0]?.path ?? [...(part?.documents.keys() ?? [])][0];
}

/** The one thing to do next, as a sentence. */
export function nextStep(report: GradeReport, assignment: Assignment): string {
  const checks = report.parts.flatMap((part) => part.checks);
  const find = (outcome: CheckResult['outcome']): CheckResult | undefined =>
    checks.find((one) => one.outcome === outcome);
  const failed = find('failed');
  if (failed) {
    const file = fileOf(assignment, failed.part);
    return `fix “${failed.title}”${file ? ` in ${file}` : ''}, then npm run check ${failed.part}`;
  }
  const errored = find('errored');
  if (errored) return `contact the staff: “${errored.title}” could not be judged`;
  const begun = report.parts.find(
    (part) => part.checks.some((one) => one.outcome === 'passed') && hasOpen(part.checks),
  );
  const open = begun ?? report.parts.find((part) => hasOpen(part.checks));
  if (open) {
    const file = fileOf(assignment, open.id);
    return `read handouts/${open.id}.md and ${file ? `write ${file}` : 'answer it'}, then npm run check ${open.id}`;
  }
  return report.parts.length < assignment.parts.length
    ? 'npm run check, for all parts'
    : 'look at the pictures of npm run visualize, then npm run collect';
}

function hasOpen(checks: readonly CheckResult[]): boolean {
  return checks.some((one) => one.outcome === 'not-attempted');
}
