import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { GraderError, SubmissionError, UsageError } from '../../grader/format/errors.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/admit.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import type { CheckResult, GradeReport, PartResult } from '../../grader/report/grade-report.ts';
import { toHtml } from '../../grader/report/html.ts';
import { ASSIGNMENT, FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { startProgress } from '../terminal/progress.ts';
import { explainCheck } from './explain-check.ts';
import { incidentLines } from './incident-lines.ts';
import { knownMistakes } from './known-mistakes.ts';
import { ownFunctions } from './own-functions.ts';
import { reportOfResults } from './report-of-results.ts';

export interface ExplainOptions {
  readonly part?: readonly string[];
  readonly check?: readonly string[];
  readonly reveal?: boolean;
  readonly save?: string;
  readonly page: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
}

const MISTAKES = join(FIXTURES, 'submissions', 'should-fail');

/** Results of Gradescope or of a batch say how each check ended, without grading anything again. */
const isResults = (path: string): boolean =>
  path.endsWith('.json') && statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Explains what became of a submission's checks: those that are named, or all that did not pass. */
export async function explain(submission: string, options: ExplainOptions): Promise<void> {
  if (options.save !== undefined && existsSync(options.save)) {
    throw new UsageError(`${options.save} is there already: name a new folder with --save`);
  }
  const halves = (options.assignment ?? ASSIGNMENT).map((one) => resolve(one));
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
    : await gradeFor(submission, { ...options, halves, parts });
  if (report.refusal !== undefined) throw new SubmissionError(report.refusal);
  const files = hasResults ? new Map<string, Uint8Array>() : await filesOf(submission, options, assignment);

  const isWanted = (result: CheckResult): boolean =>
    wanted
      ? wanted.some(([part, check]) =>
          check === undefined ? part === result.id : part === result.part && check === result.id,
        )
      : result.outcome !== 'passed';
  const lines: string[] = [];
  for (const part of report.parts) {
    const loaded = assignment.parts.find(({ id }) => id === part.id);
    const results = part.checks.filter(isWanted);
    if (!loaded || results.length === 0) continue;
    lines.push(
      `== ${part.title}: ${part.earned} of ${part.points} points, ${part.seconds.toFixed(1)} s`,
      ...mistakeLines(part),
      ...incidentLines(report, part.id),
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
          whole: wanted !== undefined,
          reveal: options.reveal ?? false,
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
  if (options.save !== undefined) save(submission, options.save, { halves, options, report });
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
  options: ExplainOptions,
  assignment: Assignment,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const template = resolve(options.template ?? TEMPLATE);
  const admitted = await admit({ submission: resolve(submission), template }, assignment);
  return 'ingested' in admitted ? admitted.ingested.files : new Map();
}

async function gradeFor(
  submission: string,
  options: ExplainOptions & { halves: readonly string[]; parts: readonly string[] | undefined },
): Promise<GradeReport> {
  const troubles: string[] = [];
  const progress = startProgress({ title: 'parts graded', total: options.parts?.length ?? 1 });
  const report = await grade({
    submission: resolve(submission),
    assignment: options.halves,
    template: resolve(options.template ?? TEMPLATE),
    dependencies: ROOT,
    ...(options.parts ? { parts: options.parts } : {}),
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

function mistakeLines({ id, checks }: PartResult): string[] {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map((check) => check.id);
  return knownMistakes(join(MISTAKES, id), failed).map(
    ({ name, about, likeness }) =>
      `  fails ${likeness === 1 ? 'exactly' : `${Math.round(likeness * 100)} % of`} the checks that the known mistake “${name}” does: ${about}`,
  );
}

/** Keeps what is needed to come to the same result elsewhere: the submission, the assignment, the template, a command. */
function save(
  submission: string,
  target: string,
  { halves, options, report }: { halves: readonly string[]; options: ExplainOptions; report: GradeReport },
): void {
  const path = resolve(submission);
  mkdirSync(target, { recursive: true });
  // Not the name that the student gave it: the command below goes into a shell.
  const name = statSync(path).isFile() ? 'submission.zip' : 'submission';
  cpSync(path, join(target, name), { recursive: true });
  halves.forEach((half, i) => cpSync(half, join(target, 'assignment', String(i)), { recursive: true }));
  cpSync(resolve(options.template ?? TEMPLATE), join(target, 'template'), {
    recursive: true,
    filter: (from) => basename(from) !== 'node_modules',
  });
  const which = options.check
    ? `--check ${options.check.join(' ')}`
    : `--part ${report.parts.map(({ id }) => id).join(' ')}`;
  const here = basename(resolve(target));
  const command = `npm run explain -- ${here}/${name} --reveal ${which} --assignment ${halves.map((_, i) => `${here}/assignment/${i}`).join(' ')} --template ${here}/template`;
  writeFileSync(
    join(target, 'README.md'),
    `# A case to look into\n\nPrivate: it holds the assignment with its expected values. Copy this folder into the project's, and run there:\n\n    ${command}\n`,
  );
  console.log(`${target} holds all of it; its README.md has the command.`);
}
