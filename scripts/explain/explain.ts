import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { GraderError, SubmissionError, UsageError } from '../../grader/format/errors.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { toHtml } from '../../grader/report/html.ts';
import { ROOT } from '../../repository.ts';
import { courseAt } from '../options/course.ts';
import { startProgress } from '../terminal/progress.ts';
import { readAsked } from './asked.ts';
import { explainReport } from './explain-report.ts';
import { saveCase } from './save-case.ts';
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
  const { reveal = false, save, page } = options;
  if (save !== undefined && existsSync(save)) {
    throw new UsageError(`${save} is there already: name a new folder with --save`);
  }
  const course = await courseAt(options.course);
  const halves = (options.assignment ?? course.halves).map((one) => resolve(one));
  const template = resolve(options.template ?? course.template);
  const whole = loadAssignment(halves);
  const asked = readAsked(options, whole);
  const assignment = selectParts(whole, asked.parts);
  const hasResults = isResults(submission);
  if (hasResults && save !== undefined) {
    throw new UsageError('--save needs the submission itself, not its results');
  }
  const report = hasResults
    ? reportOfResults(submission, assignment)
    : await gradeFor(submission, { halves, template, parts: asked.parts });
  if (report.refusal !== undefined) throw new SubmissionError(report.refusal);
  const files = hasResults ? new Map<string, Uint8Array>() : await filesOf(submission, template, whole);
  const isFew = report.parts.filter(({ checks }) => checks.some(asked.isWanted)).length <= FEW_PARTS;
  const { text, explanation } = await explainReport({
    ...{ assignment, report, files, asked, reveal },
    grading: hasResults ? 'never' : isFew ? { halves, template, reveal } : 'later',
    networks: options.course === undefined ? 'embedded' : 'own',
  });
  console.log(text.length === 0 ? 'Every check passed.' : text.join('\n').trimEnd());
  mkdirSync(dirname(page), { recursive: true });
  writeAtomically(page, toHtml(report, { audience: reveal ? 'staff' : 'students', explanation }));
  console.log(`\n${page} shows the same with pictures${reveal ? '; it is for the staff alone' : ''}.`);
  if (save !== undefined) saveCase(submission, save, { halves, template, checks: options.check, report });
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
