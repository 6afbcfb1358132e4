import type { Assignment } from '../assignment/loaded.ts';
import { typeCheck, type TypeReport } from '../compile/type-check.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { GradeOptions } from './grade-options.ts';
import type { SourceReview } from './review-sources.ts';

const TYPE_CHECK_SECONDS = 60;

/**
 * Type-checks the solution files as staged, beside the grading, on the second core where there is one.
 * @returns undefined when there is nothing to be checked
 */
export async function checkTypes(setup: {
  options: Pick<GradeOptions, 'types' | 'dependencies' | 'timeFactor'>;
  assignment: Assignment;
  review: SourceReview;
  staged: string;
  sandbox: Sandbox;
}): Promise<TypeReport | undefined> {
  const { options, assignment, review, staged, sandbox } = setup;
  const solutionFiles = filesToCheck(assignment, review);
  if (options.types === false || solutionFiles.length === 0) return undefined;
  return typeCheck({
    sandbox,
    staged,
    solutionFiles,
    dependencies: options.dependencies,
    seconds: TYPE_CHECK_SECONDS * (options.timeFactor ?? 1),
  });
}

/**
 * What may be type-checked: a file that a submission may not import would be opened, and its types named in messages
 * about the submission's own.
 */
function filesToCheck({ parts }: Assignment, { refusedImports }: SourceReview): string[] {
  const accepted = parts.filter((part) => !refusedImports.has(part.id));
  return accepted.flatMap((part) => part.solutionFiles.map(({ path }) => path));
}
