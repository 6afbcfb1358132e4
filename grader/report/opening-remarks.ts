import type { GradeReport } from './grade-report.ts';

/** Before the reason why a submission cannot be graded. */
export const CANNOT_BE_GRADED = 'This submission cannot be graded: ';

/** What a reader should know before any table of points: why nothing is graded, or nothing earned. Plain text. */
export function openingRemarks(report: GradeReport): string[] {
  const checks = report.parts.flatMap((part) => part.checks);
  if (report.refusal !== undefined) return [CANNOT_BE_GRADED + report.refusal];
  const lines: string[] = [];
  if (report.state === 'running') {
    const open = report.parts.filter((part) => part.state === 'pending').map((part) => part.title);
    lines.push(
      `The grader had not finished when this was written; what was graded by then counts. Not graded: ${open.join(', ') || 'nothing'}.`,
    );
  }
  if (report.state === 'complete' && checks.every((check) => check.outcome === 'not-attempted')) {
    lines.push(nothingAttempted(report));
  }
  const errored = checks.filter((check) => check.outcome === 'errored').length;
  if (errored > 0) {
    lines.push(
      `${errored} ${errored === 1 ? 'check' : 'checks'} could not be judged; this is the grader’s fault. Please contact the staff.`,
    );
  }
  return lines;
}

function nothingAttempted({ submission }: GradeReport): string {
  if (submission.files === 0) {
    return 'None of the files that you were to write is in this submission: was it made with the collect script?';
  }
  return submission.untouched
    ? 'This is the template as it was handed out: no function has been written yet. Good luck!'
    : 'No function has been written yet: each one still throws NotImplementedError.';
}
