import { join, resolve } from 'node:path';
import { GraderError, SubmissionError } from '../../grader/format/errors.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import type { SavedFile } from '../../grader/pipeline/deadline-thread.ts';
import { GRADE_LIMITS } from '../../grader/pipeline/grade-limits.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { handoutsOf } from '../../grader/report/handout-address.ts';
import { toHtml } from '../../grader/report/html.ts';
import { toJson } from '../../grader/report/json.ts';
import { toTerminal } from '../../grader/report/terminal.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { kitVersion } from '../../packaging/kit/kit-version.ts';
import { ROOT } from '../../repository.ts';
import { courseAt } from '../options/course.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import type { GradeCommandOptions } from './options.ts';

function render(report: GradeReport, format: GradeCommandOptions['format']): string {
  if (format === 'json') return toJson(report);
  if (format === 'gradescope') return JSON.stringify(toGradescope(report), undefined, 2);
  return toTerminal(report, { colour: process.stdout.isTTY });
}

/** What is read by programs: written after each part, and, when the grader hangs at its deadline, by its keeper. */
function dataFiles(report: GradeReport, directory: string): SavedFile[] {
  return [
    { path: join(directory, 'results.json'), text: JSON.stringify(toGradescope(report)) },
    { path: join(directory, 'report.json'), text: toJson(report) },
  ];
}

function save(report: GradeReport, directory: string, template: string): void {
  for (const { path, text } of dataFiles(report, directory)) writeAtomically(path, text);
  // Pictures take time to pack: once before the first part, so that no older page stays, and once at the end.
  if (report.state === 'running' && report.parts.some((part) => part.state === 'graded')) return;
  const handout = handoutsOf({ template, directory: resolve(directory) });
  writeAtomically(join(directory, 'report.html'), toHtml(report, { audience: 'staff', handout }));
}

/** Grades a submission, keeps the reports in a directory and prints one. */
export async function gradeSubmission(
  submission: string | undefined,
  options: GradeCommandOptions,
): Promise<void> {
  const course = await courseAt(options.course);
  const isCourse = !options.assignment && !options.template;
  const out = options.out ?? options.results ?? 'results';
  const template = resolve(options.template ?? course.template);
  let progress: Progress | undefined;
  let troubles = 0;
  const report = await grade({
    submission: resolve(submission ?? options.example ?? course.example),
    assignment: (options.assignment ?? course.halves).map((directory) => resolve(directory)),
    template,
    dependencies: ROOT,
    backend: options.backend,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.timeFactor === undefined ? {} : { timeFactor: options.timeFactor }),
    deadlineSeconds: Math.min(options.deadline * (options.timeFactor ?? 1), GRADE_LIMITS.deadlineSeconds.max),
    savedAs: (update) => dataFiles(update, out),
    isolation: options.isolation,
    ...(isCourse ? { kit: kitVersion(course) } : {}),
    ...(options.part ? { parts: options.part } : {}),
    onUpdate: (update) => {
      save(update, out, template);
      if (update.state !== 'running') return;
      progress ??= startProgress({ title: 'parts graded', total: update.parts.length });
      progress.at(update.parts.filter((part) => part.state === 'graded').length);
    },
    onTrouble: (message) => {
      troubles++;
      if (progress) progress.note(message);
      else console.error(message);
    },
  }).finally(() => progress?.end());

  console.log(render(report, options.format));
  if (report.refusal !== undefined) throw new SubmissionError(report.refusal);
  const checks = report.parts.flatMap((part) => part.checks);
  const errored = checks.filter(({ outcome }) => outcome === 'errored').length;
  if (errored > 0) {
    throw new GraderError(
      `${errored} of ${checks.length} checks could not be judged, through no fault of the submission; what went wrong is told above`,
    );
  }
  if (troubles > 0) {
    throw new GraderError('all checks were judged, but something went wrong on our side, as told above');
  }
}
