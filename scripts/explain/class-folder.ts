import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findSubmissions, isClutter, isZipName, takenNames } from '../../batch/sources/find-submissions.ts';
import { METADATA } from '../../batch/sources/gradescope-export.ts';
import { isBelow, landing } from '../../batch/sources/results-apart.ts';
import { ownFileIn, type SubmittedFiles } from '../../batch/sources/submission-itself.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { printable } from '../../grader/format/printable.ts';

const UNLISTED: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'ENOENT']);

/**
 * The names in a folder, by a function that lists it; none where it is not there, or we may not list it.
 * @throws UsageError where it is a file
 */
function listed(folder: string, list: (folder: string) => string[]): string[] {
  try {
    return list(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new UsageError(`${printable(folder)} is a file, and must be a folder`);
    if (!UNLISTED.has(code)) throw error;
    return [];
  }
}

/** What lies in a folder, but for what systems leave there. */
const namesIn = (folder: string): string[] =>
  listed(folder, (one) => readdirSync(one)).filter((name) => !isClutter(name));

const isExport = (folder: string): boolean => existsSync(join(folder, METADATA));

/** Whether a folder is Gradescope's export of a class, or holds several zips and nothing else. */
function isOfClass(folder: string): boolean {
  if (isExport(folder)) return true;
  const names = namesIn(folder);
  return names.length > 1 && names.every(isZipName);
}

/**
 * Refuses the submissions of a class where one is meant.
 * @throws UsageError with one of them
 */
export function refuseClass(path: string): void {
  if (!isOfClass(path)) return;
  const [first] = findSubmissions(path);
  throw new UsageError(
    `${printable(path)} holds the submissions of a class: name one of them, such as ${printable(join(path, basename(first.path)))}`,
  );
}

/** Whether a folder holds what students submit, or nothing but a folder that does. */
function isSubmission(folder: string, assignment: SubmittedFiles): boolean {
  const names = namesIn(folder);
  const wrapped = names.length === 1 ? [join(folder, names[0])] : [];
  return [folder, ...wrapped].some((one) => ownFileIn(one, assignment) !== undefined);
}

interface Known {
  readonly assignment: SubmittedFiles;
  /** What is known to be a submission, whatever it holds. */
  readonly own: string;
}

/** Whether somebody may grade all of a folder as a class: an export, several zips, or several folders of submissions. */
function isGradedAsClass(folder: string, { assignment, own }: Known): boolean {
  if (isExport(folder)) return true;
  const names = listed(folder, takenNames);
  if (names.filter(isZipName).length > 1) return true;
  const folders = names.filter((name) => !isZipName(name)).map((name) => join(folder, name));
  return folders.filter((one) => one === own || isSubmission(one, assignment)).length > 1;
}

/** Whether a batch over the folder around takes it for a submission, or would do so if it were made. */
function isTaken(path: string, { assignment, own }: Known): boolean {
  if (isClutter(basename(path))) return false;
  return !existsSync(path) || path === own || isExport(dirname(path)) || isSubmission(path, assignment);
}

/** The nearest folder of a class in which a path is a submission, would be taken for one, or lies in one. */
function classAround(path: string, known: Known): string | undefined {
  const folder = dirname(path);
  if (folder === path) return undefined;
  return isTaken(path, known) && isGradedAsClass(folder, known) ? folder : classAround(folder, known);
}

/**
 * Refuses to save a case where submissions lie: the next batch would grade it as somebody's work, the private half of
 * the assignment with it.
 * @param setup.assignment says which folders hold submissions
 * @throws UsageError with a folder that will do
 */
export function refuseSavedAmongSubmissions(setup: {
  readonly submission: string;
  readonly save: string;
  readonly assignment: SubmittedFiles;
}): void {
  const { submission, save, assignment } = setup;
  const [own, target] = [submission, save].map((one) => landing(resolve(one)));
  const refuse = (how: string, beside: string): never => {
    const instead = join(dirname(beside), basename(target));
    throw new UsageError(
      `--save ${printable(save)} lies ${how}: name a folder outside, such as ${printable(instead)}`,
    );
  };
  const source = classAround(target, { assignment, own });
  if (source !== undefined) {
    const why = 'where the next batch would take it for somebody’s work';
    refuse(`among the submissions in ${printable(source)}, ${why}`, source);
  }
  if (isBelow(own, target)) refuse('in the submission itself', own);
}
