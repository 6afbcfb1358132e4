import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { UsageError } from '../../grader/format/errors.ts';

/**
 * Refuses a submission where a folder of submissions is meant: each of its folders would be graded as somebody's work.
 * @throws UsageError with the folder that is probably meant
 */
export function refuseSubmissionItself(source: string, { parts }: Assignment): void {
  const files = parts.flatMap(({ solutionFiles, documents }) => [
    ...solutionFiles.map(({ path }) => path),
    ...documents.keys(),
  ]);
  const own = files.find((path) => existsSync(join(source, path)));
  if (own === undefined) return;
  throw new UsageError(
    `${source} is itself a submission, it holds ${own}: name the folder it lies in, ${dirname(source)}, or grade it with npm run grade`,
  );
}
