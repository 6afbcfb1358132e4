import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeOptions } from '../../grader/pipeline/grade-options.ts';
import type { GradeReport, Outcome } from '../../grader/report/grade-report.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { courseAt } from '../../scripts/options/course.ts';

/** What is graded with: the course whose folder COURSE names, else the one that comes with this project. */
export const course = await courseAt(process.env.COURSE);

export const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');

/** The options of a normal grading of the assignment, without the type check, which changes no outcome. */
export function gradeOptions(submission: string): GradeOptions {
  return {
    submission,
    assignment: course.halves,
    template: course.template,
    dependencies: ROOT,
    types: false,
  };
}

/** Grades the reference with a folder's files laid over it. `arrange` may change the folder further. */
export async function gradeOverlay(options: {
  overlay?: string;
  parts?: readonly string[];
  timeFactor?: number;
  types?: boolean;
  backend?: string;
  arrange?: (folder: string) => void;
  /** Told of the report while the folder is still there. */
  compare?: (graded: { folder: string; report: GradeReport }) => Promise<void>;
}): Promise<GradeReport> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-submission-'));
  try {
    cpSync(REFERENCE, folder, { recursive: true });
    if (options.overlay) cpSync(options.overlay, folder, { recursive: true });
    options.arrange?.(folder);
    const { parts, timeFactor = 1, types = false, backend } = options;
    const report = await grade({
      ...gradeOptions(folder),
      timeFactor,
      types,
      ...(parts ? { parts } : {}),
      ...(backend ? { backend } : {}),
    });
    await options.compare?.({ folder, report });
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ids of a report's checks by outcome. */
export function checksBy(report: GradeReport, outcome: Outcome): string[] {
  return report.parts
    .flatMap((part) => part.checks)
    .filter((check) => check.outcome === outcome)
    .map((check) => check.id)
    .sort();
}
