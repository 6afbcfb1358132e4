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

/** Where the set of a name waits until a fresh one has taken its place. */
export function replacedFolder(cache: string, name: string): string {
  return join(cache, `.${name}.${process.pid}.old`);
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

/** A folder of an import that was killed before it could tidy up. */
interface Abandoned {
  readonly folder: string;
  /** Of the set. */
  readonly name: string;
  /** Whether it is the whole set that was to be replaced, rather than a part of a fresh one. */
  readonly isWhole: boolean;
}

const abandonedPattern = /^\.(.+)\.(\d+)\.(part|old)$/;

/** What imports left that were killed. */
export function abandonedFolders(cache: string): Abandoned[] {
  return namesIn(cache, abandonedPattern).flatMap((entry) => {
    const [, name, pid, kind] = abandonedPattern.exec(entry)!;
    return isRunning(Number(pid)) ? [] : { folder: join(cache, entry), name, isWhole: kind === 'old' };
  });
}
