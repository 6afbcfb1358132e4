import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';

/** Files by path below a submission. */
export type Files = ReadonlyMap<string, Buffer>;

/** What a student may have made of a part. */
export interface Solutions {
  readonly part: string;
  readonly right: readonly Files[];
  readonly wrong: readonly Files[];
}

/** Notes for readers of the corpora, which nobody would submit. */
const NOTES = new Set(['README.md', 'expect.json']);

export function readFiles(folder: string): Files {
  const paths = filesBelow(folder).filter((path) => !NOTES.has(path));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();

/** The right and wrong solutions of each part in the corpora below a folder. */
export function readSolutions(corpora: string): Solutions[] {
  return foldersIn(join(corpora, 'should-fail')).map((folder) => {
    const part = folder.slice(folder.lastIndexOf('/') + 1);
    return {
      part,
      right: foldersIn(join(corpora, 'should-pass', part)).map(readFiles),
      wrong: foldersIn(folder).map(readFiles),
    };
  });
}
