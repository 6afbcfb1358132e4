import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../repository.ts';

/** Where imported pictures are kept: `PICTURE_CACHE`, else `.cache/pictures` of the project. */
export function pictureCache(): string {
  return process.env.PICTURE_CACHE || join(ROOT, '.cache', 'pictures');
}

const namePattern = /^[a-z0-9][\w-]*$/i;

/** Where a set of this name is or would be. @throws Error when the name cannot be that of a folder */
export function pictureSetFolder(cache: string, name: string): string {
  if (!namePattern.test(name)) {
    throw new Error(`${JSON.stringify(name)} cannot name pictures: letters, digits, hyphens and underscores`);
  }
  return join(cache, name);
}

/** Where a set is written before it takes its place; no name of a set begins like this. */
export function unfinishedFolder(cache: string, name: string): string {
  return join(cache, `.${name}.${process.pid}.part`);
}

/** The names of what is in the cache, sorted; those of unfinished sets only where `unfinished` says so. */
function namesIn(cache: string, pattern: RegExp): string[] {
  try {
    return readdirSync(cache)
      .filter((name) => pattern.test(name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The names of the sets that there are, sorted. */
export const pictureSetNames = (cache: string): string[] => namesIn(cache, namePattern);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Folders of imports that were killed before they could tidy up. */
export function abandonedFolders(cache: string): string[] {
  return namesIn(cache, /^\..+\.\d+\.part$/)
    .filter((name) => !isRunning(Number(/\.(\d+)\.part$/.exec(name)![1])))
    .map((name) => join(cache, name));
}
