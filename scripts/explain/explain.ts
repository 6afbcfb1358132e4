import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { GraderError, SubmissionError, UsageError } from '../../grader/format/errors.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import type { CheckResult, GradeReport } from '../../grader/report/grade-report.ts';
import { toHtml } from '../../grader/report/html.ts';
import { ROOT } from '../../repository.ts';
import { courseAt } from '../options/course.ts';
import { startProgress } from '../terminal/progress.ts';
import { explainCheck } from './explain-check.ts';
import { incidentLines } from './incident-lines.ts';
import { ownFunctions } from './own-functions.ts';
import { mistakeLines, outcomeLines } from './part-lines.ts';
import { saveCase } from './save-case.ts';
import { quizLines } from './quiz-lines.ts';
import { reportOfResults } from './report-of-results.ts';

export interface ExplainOptions {
  readonly part?: readonly string[];
  readonly check?: readonly string[];
  readonly reveal?: boolean;
  readonly save?: string;
  readonly page: string;
  readonly course?: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
}

/** Known mistakes are graded to tell them apart where no more parts than these are asked for. */
const FEW_PARTS = 2;

/** Results of Gradescope or of a batch say how each check ended, without grading anything again. */
const isResults = (path: string): boolean =>
  path.endsWith('.json') && statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Explains what became of a submission's checks: those that are named, or all that did not pass. */
export async function explain(submission: string, options: ExplainOptions): Promise<void> {
  if (options.save !== undefined && existsSync(options.save)) {
    throw new UsageError(`${options.save} is there already: name a new folder with --save`);
  }
  const course = await courseAt(options.course);
  const halves = (options.assignment ?? course.halves).map((one) => resolve(one));
  const template = resolve(options.template ?? course.template);
  const assignment = loadAssignment(halves);
  const wanted = options.check?.map((name) => {
    const [part, check] = name.split('/');
    return check === undefined ? [part] : [selectParts(assignment, [part]).parts[0].id, check];
  });
  const parts = options.part ?? wanted?.flatMap(([part, check]) => (check === undefined ? [] : [part]));
  refuseUnknownChecks(wanted ?? [], selectParts(assignment, parts));
  const hasResults = isResults(submission);
  if (hasResults && options.save !== undefined) {
    throw new UsageError('--save needs the submission itself, not its results');
  }
  const report = hasResults
    ? reportOfResults(submission, selectParts(assignment, parts))
    : await gradeFor(submission, { halves, template, parts });
  if (report.refusal !== undefined) throw new SubmissionError(report.refusal);
  const files = hasResults ? new Map<string, Uint8Array>() : await filesOf(submission, template, assignment);

  const isWanted = (result: CheckResult): boolean =>
    wanted
      ? wanted.some(([part, check]) =>
          check === undefined ? part === result.id : part === result.part && check === result.id,
        )
      : result.outcome !== 'passed';
  const lines: string[] = [];
  const few = report.parts.filter((part) => part.checks.some(isWanted)).length <= FEW_PARTS;
  const { reveal = false } = options;
  const grading = hasResults ? 'never' : few ? { halves, template, reveal } : 'later';
  for (const part of report.parts) {
    const loaded = assignment.parts.find(({ id }) => id === part.id);
    const results = part.checks.filter(isWanted);
    if (!loaded || results.length === 0) continue;
    lines.push(
      `== ${part.title}: ${part.earned} of ${part.points} points, ${part.seconds.toFixed(1)} s`,
      ...outcomeLines(part),
      ...(await mistakeLines(part, grading, options.course === undefined ? 'embedded' : 'own')),
      ...incidentLines(report, part.id, reveal),
    );
    const tried = new Set(results.filter(({ outcome }) => outcome !== 'not-attempted').map(({ id }) => id));
    const checks = loaded.checks.filter((one) => tried.has(one.check.id));
    lines.push(...ownFunctions({ checks, cases: loaded.cases, files }));
    for (const result of results) {
      const check = loaded.checks.find((one) => one.check.id === result.id);
      if (!check) continue;
      lines.push(
        '',
        ...explainCheck({
          loaded: check,
          cases: loaded.cases,
          result,
          answers: quizLines(check, loaded.documents, files),
          whole: wanted !== undefined,
          reveal,
        }),
      );
    }
    lines.push('');
  }
  console.log(lines.length === 0 ? 'Every check passed.' : lines.join('\n').trimEnd());
  mkdirSync(dirname(options.page), { recursive: true });
  writeAtomically(options.page, toHtml(report, { audience: options.reveal ? 'staff' : 'students' }));
  console.log(
    `\n${options.page} shows the same with pictures${options.reveal ? '; it is for the staff alone' : ''}.`,
  );
  if (options.save !== undefined)
    saveCase(submission, options.save, { halves, template, checks: options.check, report });
}

/** @throws UsageError before anything is graded, with the checks that there are */
function refuseUnknownChecks(wanted: readonly (readonly string[])[], { parts }: Assignment): void {
  for (const [first, id] of wanted) {
    const among = id === undefined ? parts : parts.filter((part) => part.id === first);
    const checks = among.flatMap((part) => part.checks.map(({ check }) => ({ part: part.id, id: check.id })));
    if (checks.some((check) => check.id === (id ?? first))) continue;
    const known = checks.map((check) => check.id).join(', ');
    const there = id === undefined ? 'name it as part/check' : `${first} has ${known}`;
    throw new UsageError(`there is no check ${id === undefined ? first : `${first}/${id}`}; ${there}`);
  }
}

/** What was submitted, by path. */
async function filesOf(
  submission: string,
  template: string,
  assignment: Assignment,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const admitted = await admit({ submission: resolve(submission), template }, assignment);
  return 'ingested' in admitted ? admitted.ingested.files : new Map();
}

async function gradeFor(
  submission: string,
  setup: { halves: readonly string[]; template: string; parts: readonly string[] | undefined },
): Promise<GradeReport> {
  const troubles: string[] = [];
  const progress = startProgress({ title: 'parts graded', total: setup.parts?.length ?? 1 });
  const report = await grade({
    submission: resolve(submission),
    assignment: setup.halves,
    template: setup.template,
    dependencies: ROOT,
    ...(setup.parts ? { parts: setup.parts } : {}),
    onUpdate: ({ parts }) => progress.at(parts.filter(({ state }) => state === 'graded').length),
    onTrouble: (message) => void troubles.push(message),
  }).finally(() => progress.end());
  for (const trouble of troubles) console.error(trouble);
  if (
    troubles.length > 0 &&
    report.parts.every(({ checks }) => checks.every((one) => one.outcome === 'errored'))
  ) {
    throw new GraderError('nothing could be judged, as told above');
  }
  return report;
}
