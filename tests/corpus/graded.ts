import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networksOf } from '../../authoring/course/folder.ts';
import type { Networks } from '../../authoring/judging/expectation.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeOptions } from '../../grader/pipeline/grade-options.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Sandbox } from '../../grader/sandbox/sandbox.ts';
import type { GradeReport, Outcome } from '../../grader/report/grade-report.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { courseAt } from '../../scripts/options/course.ts';

/** What is graded with: the course whose folder COURSE names, else the one that comes with this project. */
export const course = await courseAt(process.env.COURSE);
export const networks: Networks = networksOf(course);

export const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');

let sandbox: Sandbox | undefined;

/** One for all gradings of a process, opened and proved once. Nothing runs in it between them, so it needs no closing. */
function sharedSandbox(): Sandbox {
  return (sandbox ??= openSandbox());
}

/** The options of a normal grading of the assignment, without the type check, which changes no outcome. */
export function gradeOptions(submission: string): GradeOptions {
  return {
    submission,
    assignment: course.halves,
    template: course.template,
    dependencies: ROOT,
    sandbox: sharedSandbox(),
    types: false,
  };
}

/** Grades the reference with folders' files laid over it. `arrange` may change the submission further. */
export async function gradeOverlay(options: {
  overlays?: readonly string[];
  parts?: readonly string[];
  jobs?: number;
  timeFactor?: number;
  types?: boolean;
  backend?: string;
  arrange?: (folder: string) => void;
  /** Looks at the submission once it is graded, while it is still there. */
  look?: (folder: string) => Promise<void>;
}): Promise<GradeReport> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-submission-'));
  try {
    cpSync(REFERENCE, folder, { recursive: true });
    for (const overlay of options.overlays ?? []) cpSync(overlay, folder, { recursive: true });
    options.arrange?.(folder);
    const { parts, jobs, timeFactor = 1, types = false, backend } = options;
    const report = await grade({
      ...gradeOptions(folder),
      timeFactor,
      types,
      ...(parts ? { parts } : {}),
      ...(jobs === undefined ? {} : { jobs }),
      ...(backend ? { backend } : {}),
    });
    await options.look?.(folder);
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ids of the checks of some parts by outcome. */
export function checksBy({ parts }: Pick<GradeReport, 'parts'>, outcome: Outcome): string[] {
  return parts
    .flatMap((part) => part.checks)
    .filter((check) => check.outcome === outcome)
    .map((check) => check.id)
    .sort();
}
