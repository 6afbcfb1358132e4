import type { Assignment } from '../../assignment/loaded.ts';
import { typeCheck, type TypeReport } from '../../compile/type-check.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { GradeOptions } from '../grade-options.ts';
import type { SourceReview } from './review-sources.ts';
import type { Run } from '../run/run.ts';
import type { StagedSubmission } from './stage-submission.ts';

const TYPE_CHECK_SECONDS = 60;

/** Type-checks the solution files as staged, unless there are none or it is not wanted. Advice: never throws. */
export async function checkTypes(setup: {
  options: Pick<GradeOptions, 'types' | 'dependencies' | 'timeFactor'>;
  assignment: Assignment;
  run: Run;
  submission: StagedSubmission;
  sandbox: Sandbox;
}): Promise<void> {
  const { options, assignment, run, submission, sandbox } = setup;
  const solutionFiles = filesToCheck(assignment, submission.review);
  if (options.types === false || solutionFiles.length === 0 || run.isOutOfTime) return;
  const types = await typeCheck({
    sandbox,
    staged: submission.place.staged,
    solutionFiles,
    dependencies: options.dependencies,
    seconds: TYPE_CHECK_SECONDS * (options.timeFactor ?? 1),
  }).catch((cause: unknown): TypeReport => {
    const fault = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return { state: 'unavailable', why: 'the type checker could not be started', fault };
  });
  run.learn({ types });
  if (types.state === 'unavailable' && types.fault !== undefined) run.blameUs(`type check: ${types.fault}`);
}

/**
 * What may be type-checked: a file that a submission may not import would be opened, and its types named in messages
 * about the submission's own.
 */
function filesToCheck({ parts }: Assignment, { refusedImports }: SourceReview): string[] {
  const accepted = parts.filter((part) => !refusedImports.has(part.id));
  return accepted.flatMap((part) => part.solutionFiles.map(({ path }) => path));
}
