import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isZipName } from '../../batch/sources/find-submissions.ts';
import { BatchFolder, isBatch } from '../../batch/store/batch-folder.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { printable } from '../../grader/format/printable.ts';
import { refuseClass } from './class-folder.ts';

/** What there is to explain at a path. */
export type SubjectAt =
  /** To be graded. */
  | { readonly submission: string }
  /** A results.json, of Gradescope or of a batch: it says how each check ended. */
  | { readonly results: string };

/** What a batch and `npm run grade` write beside results.json; nobody submits both. */
const BESIDE_RESULTS = 'report.html';

/** What every zip begins with that has nothing before it. */
const ZIP_MARK = 'PK';

/**
 * Whether a path leads to a submission or to results; the folder of one submission in a batch's is taken for its results.
 * @throws UsageError when nothing is there, or something that is no submission of anybody's
 */
export function subjectAt(path: string): SubjectAt {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`there is no file or folder at ${printable(path)}`);
  if (found.isFile()) return fileAt(path);
  refuseBatch(path);
  refuseClass(path);
  const results = join(path, 'results.json');
  if (existsSync(results) && existsSync(join(path, BESIDE_RESULTS))) return { results };
  refuseUngraded(path);
  return { submission: path };
}

/** A file that is called a zip and is none may be what somebody submitted. */
function fileAt(path: string): SubjectAt {
  if (path.endsWith('.json')) return { results: path };
  if (isZipName(path) || beginning(path) === ZIP_MARK) return { submission: path };
  throw new UsageError(
    `${printable(path)} is no submission: name a zip or folder that a student submitted, or a results.json`,
  );
}

function beginning(path: string): string {
  const bytes = Buffer.alloc(ZIP_MARK.length);
  const file = openSync(path, 'r');
  try {
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** What a batch has not come to yet, or could not grade, has a folder without results. */
function refuseUngraded(path: string): void {
  const among = dirname(resolve(path));
  if (basename(among) !== 'submissions' || !isBatch(dirname(among))) return;
  throw new UsageError(
    `${printable(path)} holds no results: the batch has not graded it; name the submission itself`,
  );
}

/** A batch's folder would be graded as the work of somebody who began nothing. */
function refuseBatch(path: string): void {
  const folder = resolve(path);
  const root = [folder, ...(basename(folder) === 'submissions' ? [dirname(folder)] : [])].find(isBatch);
  if (root === undefined) return;
  const { submissions } = new BatchFolder(root);
  const [first = 'NAME'] = existsSync(submissions) ? readdirSync(submissions).toSorted() : [];
  const below = join(path, ...(root === folder ? ['submissions'] : []), first);
  throw new UsageError(
    `${printable(path)} is the folder of a batch: name one of its submissions, such as ${printable(below)}`,
  );
}
