import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../repository.ts';

export const RIGHT = join(FIXTURES, 'submissions/should-pass');
/** Solves every part; the others are laid over it. */
export const REFERENCE = 'reference';

/** The names of the right solutions of a part, the reference first. */
export function rightSolutionsOf(part: string): string[] {
  const folder = join(RIGHT, part);
  const own = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return [REFERENCE, ...own.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
}
