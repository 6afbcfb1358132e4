import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { abandonedFolders } from './cache.ts';

/**
 * Puts a folder in the place of one that may be there.
 * @param paths.aside where the one that is replaced waits meanwhile
 * @throws Error of the system where it cannot be; the one before is in its place again
 */
export function replaceFolder(paths: {
  readonly folder: string;
  readonly fresh: string;
  readonly aside: string;
}): void {
  const { folder, fresh, aside } = paths;
  const isReplaced = existsSync(folder);
  if (isReplaced) renameSync(folder, aside);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (isReplaced) renameSync(aside, folder);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

/** Removes what killed imports left, and puts a set back that one had moved aside and not replaced. */
export function tidyAbandoned(cache: string): void {
  for (const { folder, name, isWhole } of abandonedFolders(cache)) {
    const place = join(cache, name);
    if (isWhole && !existsSync(place)) renameSync(folder, place);
    else rmSync(folder, { recursive: true, force: true });
  }
}
