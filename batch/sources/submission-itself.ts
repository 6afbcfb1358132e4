import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import { UsageError } from '../../grader/format/errors.ts';

/** What of an assignment says which files students submit. */
export interface SubmittedFiles {
  readonly parts: readonly Pick<LoadedPart, 'solutionFiles' | 'documents'>[];
}

/** A file that students submit and that lies in a folder at its place; undefined where there is none. */
export function ownFileIn(folder: string, { parts }: SubmittedFiles): string | undefined {
  const files = parts.flatMap(({ solutionFiles, documents }) => [
    ...solutionFiles.map(({ path }) => path),
    ...documents.keys(),
  ]);
  return files.find((path) => existsSync(join(folder, path)));
}

/**
 * Refuses a submission where a folder of submissions is meant: each of its folders would be graded as somebody's work.
 * @throws UsageError with the folder that is probably meant
 */
export function refuseSubmissionItself(source: string, assignment: SubmittedFiles): void {
  const own = ownFileIn(source, assignment);
  if (own === undefined) return;
  throw new UsageError(
    `${source} is itself a submission, it holds ${own}: name the folder it lies in, ${dirname(source)}, or grade it with npm run grade`,
  );
}
