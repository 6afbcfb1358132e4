import { posix } from 'node:path';
import type { Assignment } from '../assignment/loaded.ts';
import type { CheckResult, GradeReport, PartResult } from '../report/grade-report.ts';
import { codeProblem } from './code-problem.ts';

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

/** What a part is called in a command: by its file where that is a page alone, as its handout does. */
function nameOf(assignment: Assignment, id: string): string {
  const part = assignment.parts.find((one) => one.id === id);
  const isPage = part !== undefined && part.solutionFiles.length === 0;
  const page = isPage ? [...part.documents.keys()][0] : undefined;
  return page === undefined ? id : posix.basename(page, posix.extname(page));
}

/**
 * The one thing to do next, as a sentence.
 * @param options.watching each save is checked by itself. Default: false
 */
export function nextStep(
  report: GradeReport,
  assignment: Assignment,
  options: { readonly watching?: boolean } = {},
): string {
  const thenCheck = (id: string): string =>
    options.watching ? '' : `, then npm run check ${nameOf(assignment, id)}`;
  for (const { id, checks: ofPart } of report.parts) {
    const problem = codeProblem(report, { checks: ofPart, file: fileOf(assignment, id) });
    if (problem !== undefined) return problem + thenCheck(id);
  }
  const checks = report.parts.flatMap((part) => part.checks);
  const own = report.parts.flatMap(ownChecks);
  const failed =
    own.find(({ outcome }) => outcome === 'failed') ?? checks.find(({ outcome }) => outcome === 'failed');
  if (failed) {
    // What another part's function is found to do wrong is not put right in this part's file.
    const file = own.includes(failed) ? fileOf(assignment, failed.part) : undefined;
    return `fix “${failed.title}”${file ? ` in ${file}` : ''}${thenCheck(failed.part)}`;
  }
  const errored = checks.find(({ outcome }) => outcome === 'errored');
  if (errored) return `contact the staff: “${errored.title}” could not be judged`;
  const waiting = report.parts.filter((part) => hasOpen(part.checks));
  const begun = waiting.find((part) => ownChecks(part).some((one) => one.outcome === 'passed'));
  if (!begun && waiting.length > 1) {
    return `choose a part in handouts/README.md, which has them in the order to do them${options.watching ? '' : ', then npm run check PART'}`;
  }
  const open = begun ?? waiting[0];
  if (open) {
    const file = fileOf(assignment, open.id);
    return `read handouts/${open.id}.md and ${isCode(file) ? `write ${file}` : `answer ${file ?? 'it'}`}${thenCheck(open.id)}`;
  }
  return report.parts.length < assignment.parts.length
    ? 'npm run check, for all parts'
    : 'look at the pictures of npm run visualize, then npm run collect';
}

/**
 * The checks of what a part itself asks for. Those without points look at functions of other parts that it builds on,
 * unless no check of the part has points.
 */
export function ownChecks({ checks, points }: Pick<PartResult, 'checks' | 'points'>): readonly CheckResult[] {
  return points === 0 ? checks : checks.filter((check) => check.points > 0);
}

const isCode = (file: string | undefined): boolean => file?.endsWith('.ts') ?? false;

function hasOpen(checks: readonly CheckResult[]): boolean {
  return checks.some((one) => one.outcome === 'not-attempted');
}
