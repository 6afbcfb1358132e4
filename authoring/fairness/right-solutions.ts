import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../repository.ts';
import { hashOfPart, keyOf, overlayOf } from '../judging/bench.ts';
import type { Overlay } from '../judging/overlaid.ts';

const RIGHT = join(FIXTURES, 'submissions/should-pass');
/** Solves every part; the others are laid over it. */
const REFERENCE = 'reference';

/** The names of the right solutions of a part, the reference first. */
export function rightSolutionsOf(part: string): string[] {
  const folder = join(RIGHT, part);
  const own = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return [REFERENCE, ...own.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
}

/** What is laid over the reference to get one of them. */
export const overlayOfRight = (part: string, name: string): Overlay =>
  name === REFERENCE ? new Map() : overlayOf(join(RIGHT, part, name));

/** A hash over the cases, checks and expected values of some parts, and their right solutions. */
export function hashOfRight(parts: readonly string[]): string {
  const files = parts.flatMap((part) =>
    rightSolutionsOf(part).flatMap((name) =>
      [...overlayOfRight(part, name)].map(([path, content]) => [`${part}/${name}/${path}`, content] as const),
    ),
  );
  return keyOf(parts.map(hashOfPart).join(' '), new Map(files));
}
