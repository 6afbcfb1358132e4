import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findSubmissions } from '../../batch/sources/find-submissions.ts';
import { METADATA } from '../../batch/sources/gradescope-export.ts';
import { isBelow, landing } from '../../batch/sources/results-apart.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { printable } from '../../grader/format/printable.ts';

const isZip = (name: string): boolean => /\.zip$/i.test(name);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What lies in a folder, but for what systems leave there. */
const namesIn = (folder: string): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

/** Whether a folder is Gradescope's export of a class, or holds several zips and nothing else. */
function isOfClass(folder: string): boolean {
  if (existsSync(join(folder, METADATA))) return true;
  const names = namesIn(folder);
  return names.length > 1 && names.every(isZip);
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

/** Whether a batch would take each thing in a folder for a submission: nothing but zips and folders, more than one. */
function isAllSubmissions(folder: string): boolean {
  const names = namesIn(folder);
  return names.length > 1 && names.every((name) => isZip(name) || isFolder(join(folder, name)));
}

const withThoseAround = (folder: string): string[] => {
  const around = dirname(folder);
  return around === folder ? [folder] : [folder, ...withThoseAround(around)];
};

/**
 * Refuses to save a case where submissions lie: the next batch would grade it as somebody's work, the private half of
 * the assignment with it.
 * @throws UsageError with a folder that will do
 */
export function refuseSavedAmongSubmissions(submission: string, save: string): void {
  const [own, target] = [submission, save].map((one) => landing(resolve(one)));
  const refuse = (how: string, beside: string): never => {
    const instead = join(dirname(beside), basename(target));
    throw new UsageError(
      `--save ${printable(save)} lies ${how}: name a folder outside, such as ${printable(instead)}`,
    );
  };
  const among = dirname(own);
  const isAmong = isBelow(among, target) && isAllSubmissions(among);
  const source = isAmong
    ? among
    : withThoseAround(dirname(target)).find((one) => existsSync(one) && isOfClass(one));
  if (source !== undefined) {
    const why = 'where the next batch would take it for somebody’s work';
    refuse(`among the submissions in ${printable(source)}, ${why}`, source);
  }
  if (isBelow(own, target)) refuse('in the submission itself', own);
}
