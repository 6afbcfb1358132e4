import { join, resolve } from 'node:path';
import { GraderError, SubmissionError } from '../../grader/format/errors.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { toHtml } from '../../grader/report/html.ts';
import { toJson } from '../../grader/report/json.ts';
import { toTerminal } from '../../grader/report/terminal.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { kitVersion } from '../../packaging/kit/kit-version.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import type { GradeCommandOptions } from './options.ts';

const EXAMPLE = join(FIXTURES, 'submissions', 'example', 'assignment_3_submission.zip');
const HALVES = ['public', 'private'].map((half) => join(FIXTURES, half));

function render(report: GradeReport, format: GradeCommandOptions['format']): string {
  if (format === 'json') return toJson(report);
  if (format === 'gradescope') return JSON.stringify(toGradescope(report), undefined, 2);
  return toTerminal(report, { colour: process.stdout.isTTY });
}

function save(report: GradeReport, directory: string): void {
  writeAtomically(join(directory, 'results.json'), JSON.stringify(toGradescope(report)));
  writeAtomically(join(directory, 'report.json'), toJson(report));
  writeAtomically(join(directory, 'report.html'), toHtml(report));
}

/** Grades a submission, keeps the reports in a directory and prints one. */
export async function gradeSubmission(
  submission: string | undefined,
  options: GradeCommandOptions,
): Promise<void> {
  const isCourse = !options.assignment && !options.template;
  const out = options.out ?? options.results ?? 'results';
  let progress: Progress | undefined;
  const report = await grade({
    submission: resolve(submission ?? options.example ?? EXAMPLE),
    assignment: (options.assignment ?? HALVES).map((directory) => resolve(directory)),
    template: resolve(options.template ?? TEMPLATE),
    dependencies: ROOT,
    backend: options.backend,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    timeFactor: options.timeFactor,
    isolation: options.isolation,
    ...(isCourse ? { kit: kitVersion({ fixtures: FIXTURES, template: TEMPLATE }) } : {}),
    ...(options.part ? { parts: options.part } : {}),
    onUpdate: (update) => {
      save(update, out);
      if (update.state !== 'running') return;
      progress ??= startProgress({ title: 'parts graded', total: update.parts.length });
      progress.at(update.parts.filter((part) => part.state === 'graded').length);
    },
    onTrouble: (message) => (progress ? progress.note(message) : console.error(message)),
  }).finally(() => progress?.end());

  console.log(render(report, options.format));
  if (report.refusal !== undefined) throw new SubmissionError(report.refusal);
  const checks = report.parts.flatMap((part) => part.checks);
  if (checks.every(({ outcome }) => outcome === 'errored')) {
    throw new GraderError('no check could be judged; what went wrong is told above');
  }
}
