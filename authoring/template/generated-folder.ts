import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';

type Content = ReadonlyMap<string, string | Uint8Array>;

/** How a folder differs from what it should hold: paths relative to it. */
export interface Drift {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** There, but not generated. */
  readonly stale: readonly string[];
}

/** An `npm install` in the folder is nobody's drift. */
const notOurs = ['node_modules'];

/** Compares a folder with what it should hold, byte by byte. */
export function findDrift(directory: string, content: Content): Drift {
  const present = existsSync(directory) ? filesBelow(directory, { skip: notOurs }) : [];
  const unchanged = (path: string, expected: string | Uint8Array): boolean =>
    lstatSync(join(directory, path)).isFile() &&
    readFileSync(join(directory, path)).equals(Buffer.from(expected));
  return {
    missing: [...content.keys()].filter((path) => !present.includes(path)),
    changed: [...content]
      .filter(([path, bytes]) => present.includes(path) && !unchanged(path, bytes))
      .map(([path]) => path),
    stale: present.filter((path) => !content.has(path)),
  };
}

/** Makes a folder hold exactly the given files and returns what that changed. Files that are right keep their time stamp. */
export function writeGenerated(directory: string, content: Content): Drift {
  const drift = findDrift(directory, content);
  for (const path of [...drift.stale, ...drift.changed]) rmSync(join(directory, path));
  removeEmptyFolders(directory);
  for (const path of [...drift.missing, ...drift.changed]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content.get(path)!);
  }
  return drift;
}

function removeEmptyFolders(directory: string): void {
  if (!existsSync(directory)) return;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory() || notOurs.includes(entry.name)) continue;
    const folder = join(directory, entry.name);
    removeEmptyFolders(folder);
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
}
