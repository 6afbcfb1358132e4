import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import { ingest } from '../../grader/ingest/index.ts';
import { scratchFolders, writeTree } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'top.ts', 'pictures/*.png'];
const scratch = scratchFolders();

describe('ingesting a folder', () => {
  it('gives the same as the zip of it', async () => {
    const path = writeTree(scratch(), {
      'hw/solve/first.ts': 'one',
      'hw/pictures/a.png': new Uint8Array([1, 2, 3]),
      'hw/package.json': '{}',
      'hw/.DS_Store': '',
      'hw/node_modules/x/index.js': '',
      '__MACOSX/hw/._x': '',
    });
    const submission = await ingest({ path, allow: ALLOW });
    expect(submission.source).toBe('folder');
    expect([...submission.files]).toEqual([
      ['solve/first.ts', new Uint8Array(Buffer.from('one'))],
      ['pictures/a.png', new Uint8Array([1, 2, 3])],
    ]);
    expect(submission.refused).toEqual([
      { path: 'package.json', why: 'it is not one of the files to submit' },
    ]);
    expect(submission.ignored.map(({ name }) => name).toSorted()).toEqual([
      '.DS_Store',
      '__MACOSX',
      'node_modules',
    ]);
  });

  it('follows no link to a file and enters no link to a folder', async () => {
    const secret = writeTree(scratch(), { 'secret.ts': 'secret', 'a.png': 'secret' });
    const path = writeTree(scratch(), { 'solve/first.ts': 'mine' });
    symlinkSync(join(secret, 'secret.ts'), join(path, 'top.ts'));
    symlinkSync(secret, join(path, 'pictures'));
    const submission = await ingest({ path, allow: ALLOW });
    expect([...submission.files.keys()]).toEqual(['solve/first.ts']);
    expect(submission.refused).toEqual([
      { path: 'pictures', why: 'it is a link; only real files are taken' },
      { path: 'top.ts', why: 'it is a link; only real files are taken' },
    ]);
  });

  it('does not wait for a pipe', async () => {
    const path = writeTree(scratch(), { 'solve/first.ts': 'mine' });
    execFileSync('mkfifo', [join(path, 'top.ts')]);
    const submission = await ingest({ path, allow: ALLOW });
    expect(submission.refused).toEqual([{ path: 'top.ts', why: 'it is not a regular file' }]);
  });

  it('takes a file with two names for a file', async () => {
    const path = writeTree(scratch(), { 'solve/first.ts': 'mine' });
    linkSync(join(path, 'solve/first.ts'), join(path, 'top.ts'));
    expect((await ingest({ path, allow: ALLOW })).files.size).toBe(2);
  });

  it('stops at the caps on one file and on the number of entries', async () => {
    const path = writeTree(scratch(), { 'solve/first.ts': 'x'.repeat(5000), 'top.ts': 'x' });
    const submission = await ingest({ path, allow: ALLOW, limits: { maxFileBytes: 4096 } });
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refused).toEqual([{ path: 'solve/first.ts', why: 'it is larger than 4 KB' }]);
    await expect(ingest({ path, allow: ALLOW, limits: { maxEntries: 2 } })).rejects.toThrow(SubmissionError);
  });

  it('does not follow folders into any depth', async () => {
    const deep = Array.from({ length: 40 }, () => 'd').join('/');
    const path = writeTree(scratch(), { 'top.ts': 'x', [`${deep}/top.ts`]: 'x' });
    const submission = await ingest({ path, allow: ALLOW });
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refused[0].why).toContain('16 folders deep');
  });

  // Other systems take no path as long as the two halves.
  it.runIf(process.platform === 'linux')(
    'passes over a path that is longer than the system takes',
    async () => {
      const path = writeTree(scratch(), { 'top.ts': 'x' });
      const chain = (letter: string): string[] => Array.from({ length: 9 }, () => letter.repeat(255));
      const [outer, inner] = [chain('a'), chain('b')];
      for (const names of [outer, inner]) mkdirSync(join(path, ...names), { recursive: true });
      const [apart, below] = [join(path, inner[0]), join(path, ...outer, inner[0])];
      renameSync(apart, below);
      try {
        const submission = await ingest({ path, allow: ALLOW });
        expect([...submission.files.keys()]).toEqual(['top.ts']);
        expect(submission.refused).toHaveLength(1);
      } finally {
        // Node.js removes nothing by such a path.
        renameSync(below, apart);
      }
    },
  );

  it('says that an empty folder holds no files', async () => {
    const path = scratch();
    mkdirSync(join(path, 'solve'));
    await expect(ingest({ path, allow: ALLOW })).rejects.toThrow('The folder holds no files.');
  });
});
