import { InvalidArgumentError } from 'commander';
import { mkdirSync, rmdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What is at a path that can be reached. */
function find(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The path of a file that is there. */
export function existingFile(path: string): string {
  const there = find(path);
  if (there?.isFile()) return path;
  throw new InvalidArgumentError(there ? 'It is a folder, and must be a file.' : 'There is no such file.');
}

/** The path of a directory that is there. */
export function existingDirectory(path: string): string {
  const there = find(path);
  if (there?.isDirectory()) return path;
  if (!there) throw new InvalidArgumentError('There is no such folder.');
  throw new InvalidArgumentError(
    /\.zip$/i.test(path)
      ? 'It is a zip; unzip it first, and name the folder.'
      : 'It is a file, and must be a folder.',
  );
}

/** The path of a file or directory that is there. */
export function existingPath(path: string): string {
  if (find(path)) return path;
  throw new InvalidArgumentError('There is no such file or folder.');
}

/** The path of a directory that is there, or can be made. */
export function writableDirectory(path: string): string {
  const there = nearest(path);
  if (find(there)?.isDirectory()) {
    tryToMake(path, there);
    return path;
  }
  throw new InvalidArgumentError(
    there === resolve(path) ? 'It is a file, and must be a folder.' : `There is a file at ${there}.`,
  );
}

/** The path of a file that can be written as far as what is there allows. */
export function writableFile(path: string): string {
  if (find(path)?.isDirectory()) throw new InvalidArgumentError('It is a folder, and must be a file.');
  const around = nearest(dirname(resolve(path)));
  if (find(around)?.isDirectory()) {
    tryToMake(dirname(resolve(path)), around);
    return path;
  }
  throw new InvalidArgumentError(`There is a file at ${around}.`);
}

/**
 * Makes the first folder that is missing on a path, and removes it again. Where none can be made, mkdir with the option
 * `recursive` may never return: under /proc it takes ENOENT for a parent that is missing.
 */
function tryToMake(path: string, there: string): void {
  const [missing] = relative(there, resolve(path)).split(sep);
  if (!missing) return;
  const first = join(there, missing);
  try {
    mkdirSync(first);
    rmdirSync(first);
  } catch (error) {
    // Another process has made it meanwhile, and may have put something into it.
    if (['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw new InvalidArgumentError(`No folder can be made in ${there}.`);
  }
}

/** A path, or what lies nearest around it and is there. */
function nearest(path: string): string {
  const at = resolve(path);
  return find(at) || at === dirname(at) ? at : nearest(dirname(at));
}

/** A parser for an option that may be given several times, or for the arguments of one that takes several. */
export function several<T>(parse: (text: string) => T): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => [...before, parse(text)];
}
