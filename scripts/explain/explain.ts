import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { networksOf } from '../../authoring/course/folder.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { GraderError, SubmissionError, UsageError } from '../../grader/format/errors.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { hasPictures, toHtml } from '../../grader/report/html.ts';
import { ROOT } from '../../repository.ts';
import { courseAt } from '../options/course.ts';
import { startProgress } from '../terminal/progress.ts';
import { readAsked } from './asked.ts';
import { refuseSavedAmongSubmissions } from './class-folder.ts';
import { explainReport } from './explain-report.ts';
import { pagePath } from './page-path.ts';
import { subjectAt, type SubjectAt } from './subject-at.ts';
import { saveCase } from './save-case.ts';
import { reportOfResults } from './report-of-results.ts';

export interface ExplainOptions {
  readonly part?: readonly string[];
  readonly check?: readonly string[];
  readonly reveal?: boolean;
  readonly save?: string;
  readonly page?: string;
  readonly course?: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
}

/** Known mistakes are graded to tell them apart where no more parts than these are asked for. */
const FEW_PARTS = 2;

/** Explains what became of a submission's checks: those that are named, or all that did not pass. */
export async function explain(path: string, options: ExplainOptions): Promise<void> {
  const { reveal = false, save } = options;
  if (save !== undefined && existsSync(save)) {
    throw new UsageError(`${save} is there already: name a new folder with --save`);
  }
  const subject = subjectAt(path);
  if ('results' in subject && save !== undefined) {
    throw new UsageError('--save needs the submission itself, not its results');
  }
  const course = await courseAt(options.course);
  const halves = (options.assignment ?? course.halves).map((one) => resolve(one));
  const template = resolve(options.template ?? course.template);
  const whole = loadAssignment(halves);
  if (save !== undefined) refuseSavedAmongSubmissions({ submission: path, save, assignment: whole });
  const asked = readAsked(options, whole);
  const assignment = selectParts(whole, asked.parts);
  const { report, files } = await ('results' in subject
    ? { report: reportOfResults(subject.results, assignment), files: new Map<string, Uint8Array>() }
    : gradedAt(subject.submission, { halves, template, whole, assignment }));
  if (report.refusal !== undefined) throw refused(report.refusal, subject);
  const isFew = report.parts.filter(({ checks }) => checks.some(asked.isWanted)).length <= FEW_PARTS;
  const { text, explanation } = await explainReport({
    ...{ assignment, report, files, asked, reveal },
    grading: 'results' in subject ? 'never' : isFew ? { halves, template, reveal } : 'later',
    networks: networksOf({ template }),
  });
  console.log(text.length === 0 ? 'Every check passed.' : text.join('\n').trimEnd());
  const subjectPath = 'results' in subject ? subject.results : subject.submission;
  const page =
    options.page ??
    pagePath({
      ...{ path: subjectPath, sha256: report.submission.sha256, reveal },
      asked: options.check ?? options.part ?? [],
    });
  mkdirSync(dirname(page), { recursive: true });
  // A page of no checks would say less than one of all that passed.
  const explained = text.length === 0 ? {} : { explanation };
  const rendering = { audience: reveal ? 'staff' : 'students', ...explained } as const;
  writeAtomically(page, toHtml(report, rendering));
  const what = text.length === 0 ? 'what passed' : 'the same';
  const pictures = hasPictures(report, rendering) ? ' with pictures' : '';
  console.log(`\n${page} shows ${what}${pictures}${reveal ? '; it is for the staff alone' : ''}.`);
  if (save !== undefined) saveCase(path, save, { halves, template, checks: options.check, report });
}

/** The sentence is written to a student, and it is the staff who reads it here. */
function refused(why: string, subject: SubjectAt): SubmissionError {
  const look =
    'results' in subject
      ? 'at what was submitted'
      : statSync(subject.submission).isFile()
        ? 'into the file, with unzip -l where it is a zip'
        : 'into the folder';
  return new SubmissionError(
    `refused; its student reads: ${why}\nFor the staff: look ${look}, or ask the student to submit again.`,
  );
}

interface Setup {
  readonly halves: readonly string[];
  readonly template: string;
  readonly whole: Assignment;
  /** The whole one, or the parts that were asked for. */
  readonly assignment: Assignment;
}

/** The report on a submission, and what was submitted, by path. */
async function gradedAt(
  path: string,
  setup: Setup,
): Promise<{ readonly report: GradeReport; readonly files: ReadonlyMap<string, Uint8Array> }> {
  const submission = resolve(path);
  // What cannot be graded is said before anything looks like grading.
  const admitted = await admit({ submission, template: setup.template }, setup.whole);
  if (!('ingested' in admitted)) throw refused(admitted.refusal, { submission });
  return { report: await gradeFor(submission, setup), files: admitted.ingested.files };
}

async function gradeFor(
  submission: string,
  { halves, template, assignment: { parts } }: Setup,
): Promise<GradeReport> {
  const troubles: string[] = [];
  const progress = startProgress({ title: 'parts graded', total: parts.length });
  const report = await grade({
    ...{ submission, assignment: halves, template, dependencies: ROOT, parts: parts.map(({ id }) => id) },
    onUpdate: (soFar) => progress.at(soFar.parts.filter(({ state }) => state === 'graded').length),
    onTrouble: (message) => void troubles.push(message),
  }).finally(() => progress.end());
  for (const trouble of troubles) console.error(trouble);
  const isJudged = report.parts.some(({ checks }) => checks.some((one) => one.outcome !== 'errored'));
  if (troubles.length > 0 && !isJudged) throw new GraderError('nothing could be judged, as told above');
  return report;
}
