/** How a compiled program is told to be current: by a hash over all that it was made of. Plain JavaScript, as `start.mjs` is. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's root, absolute. */
export const ROOT = dirname(import.meta.dirname);

/**
 * One hash over the contents of files, their order and names included.
 * @param {readonly string[]} paths below the root
 * @returns {string | undefined} undefined where one of them is gone
 */
export function hashOf(paths) {
  const hash = createHash('sha256').update(`${ROOT}\0`);
  for (const path of paths) {
    const file = join(ROOT, path);
    if (!existsSync(file)) return undefined;
    hash.update(`${path}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Where the build of a program is written down.
 * @param {string} program path below the root
 */
export function recordOf(program) {
  return join(ROOT, '.cache', 'compiled', `${program.replaceAll('/', '-')}.json`);
}
