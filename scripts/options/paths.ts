import { InvalidArgumentError } from 'commander';
import { statSync, type Stats } from 'node:fs';

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
  if (find(path)?.isFile()) return path;
  throw new InvalidArgumentError('It must be a file that exists.');
}

/** The path of a directory that is there. */
export function existingDirectory(path: string): string {
  if (find(path)?.isDirectory()) return path;
  throw new InvalidArgumentError('It must be a directory that exists.');
}

/** The path of a file or directory that is there. */
export function existingPath(path: string): string {
  if (find(path)) return path;
  throw new InvalidArgumentError('It must be a file or directory that exists.');
}

/** A parser for an option that may be given several times, or for the arguments of one that takes several. */
export function several<T>(parse: (text: string) => T): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => [...before, parse(text)];
}
