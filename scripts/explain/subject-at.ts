import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SubmissionError } from '../../grader/format/errors.ts';
import { printable } from '../../grader/format/printable.ts';

/** What there is to explain at a path. */
export type SubjectAt =
  /** To be graded. */
  | { readonly submission: string }
  /** A results.json, of Gradescope or of a batch: it says how each check ended. */
  | { readonly results: string };

/** What a batch and `npm run grade` write beside results.json; nobody submits both. */
const BESIDE_RESULTS = 'report.html';

/**
 * Whether a path leads to a submission or to results; the folder of one submission in a batch's is taken for its results.
 * @throws SubmissionError when nothing is there
 */
export function subjectAt(path: string): SubjectAt {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new SubmissionError(`There is no file or folder at ${printable(path)}.`);
  if (found.isFile()) return path.endsWith('.json') ? { results: path } : { submission: path };
  const results = join(path, 'results.json');
  const isOfResults = existsSync(results) && existsSync(join(path, BESIDE_RESULTS));
  return isOfResults ? { results } : { submission: path };
}
