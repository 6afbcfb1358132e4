import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SubmissionError } from '../format/errors.ts';
import { clutterName } from './clutter.ts';
import type { IngestLimits } from './limits.ts';
import type { ListedEntry, Listing } from './listing.ts';
import { readBeneath } from './read-capped.ts';

/** Deeper than any file of an assignment with some folders around it. */
const MAX_DEPTH = 16;

/** Lists the files of a folder. Links are named, never followed; clutter such as `node_modules` is not entered. */
export async function listFolder({
  path: root,
  limits,
}: {
  path: string;
  limits: IngestLimits;
}): Promise<Listing> {
  const entries: ListedEntry[] = [];
  const add = (path: string, problem: string | undefined): void =>
    void entries.push({
      path,
      ...(problem !== undefined && { problem }),
      read: (maxBytes) => readBeneath({ root, path, maxBytes }),
    });
  const pending: string[] = [''];
  let seen = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = await childrenOf(join(root, folder));
    if (children === undefined) {
      add(folder, 'the folder may not be read');
      continue;
    }
    seen += children.length;
    if (seen > limits.maxEntries) {
      throw new SubmissionError(
        `The submission holds more than ${limits.maxEntries} files; submit only yours.`,
      );
    }
    for (const child of children.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      const problem = problemOf({ child, path });
      const isEntered = child.isDirectory() && problem === undefined && clutterName(path) === undefined;
      if (isEntered) pending.push(path);
      else add(path, problem);
    }
  }
  return { entries, notes: [], close: () => Promise.resolve() };
}

/** A path can be longer than the system takes: whoever made it went there step by step. */
const CANNOT_BE_READ = new Set(['EACCES', 'EPERM', 'ENAMETOOLONG']);

/** What lies in a folder; undefined where it may not be read, or cannot be. */
async function childrenOf(folder: string): Promise<Dirent[] | undefined> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (CANNOT_BE_READ.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function problemOf({ child, path }: { child: Dirent; path: string }): string | undefined {
  if (child.isSymbolicLink()) return 'it is a link; only real files are taken';
  // Bytes that are no UTF-8 come as this character, under which the file cannot be opened.
  if (child.name.includes('\uFFFD')) return 'its name holds invalid characters; rename it';
  if (path.split('/').length > MAX_DEPTH) return `it lies more than ${MAX_DEPTH} folders deep`;
  return child.isDirectory() || child.isFile() ? undefined : 'it is not a regular file';
}
