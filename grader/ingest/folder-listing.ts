import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SubmissionError } from '../format/errors.ts';
import { clutterName } from './clutter.ts';
import type { IngestLimits } from './limits.ts';
import type { ListedEntry, Listing } from './listing.ts';
import { readBeneath } from './read-capped.ts';

/** Deeper than any file of an assignment with one folder around it. */
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
  const pending: string[] = [''];
  let seen = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = await readdir(join(root, folder), { withFileTypes: true });
    seen += children.length;
    if (seen > limits.maxEntries) {
      throw new SubmissionError(
        `The submission holds more than ${limits.maxEntries} files; submit only yours.`,
      );
    }
    for (const child of children.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      const deep = path.split('/').length > MAX_DEPTH;
      if (child.isDirectory() && clutterName(path) === undefined && !deep) pending.push(path);
      else
        entries.push({
          path,
          ...problemOf({ child, deep }),
          read: (maxBytes) => readBeneath({ root, path, maxBytes }),
        });
    }
  }
  return { entries, close: () => {} };
}

function problemOf({ child, deep }: { child: Dirent; deep: boolean }): { problem?: string } {
  if (child.isSymbolicLink()) return { problem: 'it is a link; only real files are taken' };
  if (deep) return { problem: `it lies more than ${MAX_DEPTH} folders deep` };
  if (child.isDirectory() || child.isFile()) return {};
  return { problem: 'it is not a regular file' };
}
