import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { backendsDirectory } from '../tensorflow/optional/backends-directory.ts';

/**
 * Whether a directory holds the course or somebody's home, which submitted code must never read.
 * @param directory absolute
 * @throws Error where it is not there
 */
export function isPrivate(directory: string): boolean {
  const real = realpathSync(directory);
  return [dirname(backendsDirectory()), homedir()].some((kept) =>
    join(realpathSync(kept), sep).startsWith(join(real, sep)),
  );
}
