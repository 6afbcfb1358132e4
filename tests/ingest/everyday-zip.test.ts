import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import type { IngestedSubmission } from '../../grader/ingest/index.ts';
import { ingest } from '../../grader/ingest/index.ts';
import type { ZipEntrySpec } from './build-zip.ts';
import { buildZip } from './build-zip.ts';
import { scratchFolders, writeTree } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'solve/second.ts', 'top.ts', 'pictures/*.png'];
const scratch = scratchFolders();

function ingestBytes(bytes: Uint8Array): Promise<IngestedSubmission> {
  const path = join(scratch(), 'submission.zip');
  writeFileSync(path, bytes);
  return ingest({ path, allow: ALLOW });
}
const ingestEntries = (...entries: readonly ZipEntrySpec[]) => ingestBytes(buildZip(entries));

const texts = ({ files }: IngestedSubmission): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
const reasonFor = ({ refused }: IngestedSubmission, path: string): string | undefined =>
  refused.find((refusal) => refusal.path === path)?.why;

const SOLUTION: readonly ZipEntrySpec[] = [
  { name: 'solve/first.ts', content: 'one' },
  { name: 'top.ts', content: 'top' },
];
const TEXTS = { 'solve/first.ts': 'one', 'top.ts': 'top' };
const under = (folder: string, entries: readonly ZipEntrySpec[]): ZipEntrySpec[] =>
  entries.map((entry) => ({ ...entry, name: `${folder}${entry.name as string}` }));

describe('folders around everything', () => {
  const wrappers: [string, string][] = [
    ['two of them', 'hw/hw/'],
    ['the way from the root of the disk', 'home/me/course/hw/'],
    ['one with a colon and a blank at its end', 'A3: networks /'],
    ['one with an invisible character', 'hw\u200f/'],
    ['one in Korean', '과제 3/'],
  ];
  it.each(wrappers)('are taken off: %s', async (_, folder) => {
    const submission = await ingestEntries(...under(folder, SOLUTION), { name: `${folder}pictures/a.png` });
    expect(texts(submission)).toEqual({ ...TEXTS, 'pictures/a.png': '' });
    expect(submission.refused).toEqual([]);
  });

  it.each([
    ['Shift-JIS, with a byte that is a backslash elsewhere', '89db91e8955c'],
    ['Shift-JIS, with such a byte inside', '955c8e86'],
    ['Latin-1', 'dc62756e67'],
    ['code page 437', '9a62756e67'],
  ])('are taken off with a name in %s', async (_, bytes) => {
    const folder = Buffer.from(bytes, 'hex');
    const entries = SOLUTION.map((entry) => ({
      ...entry,
      name: Buffer.concat([folder, Buffer.from(`/${entry.name as string}`)]),
      flags: 0,
    }));
    expect(texts(await ingestEntries(...entries))).toEqual(TEXTS);
  });

  it('count from the outermost that holds a file to submit; copies further in are left out', async () => {
    const submission = await ingestEntries(
      ...under('hw/', SOLUTION),
      { name: 'hw/old/top.ts', content: 'old' },
      { name: 'hw/old/older/solve/second.ts', content: 'older' },
    );
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.refused.map(({ path }) => path)).toEqual(['old/top.ts', 'old/older/solve/second.ts']);
  });

  it('are an error where two side by side hold a solution, however deep', async () => {
    const attempt = ingestEntries({ name: 'hw/a/top.ts' }, { name: 'hw/b/top.ts' });
    await expect(attempt).rejects.toThrow(SubmissionError);
    await expect(attempt).rejects.toThrow('Several folders hold a solution (hw/a/, hw/b/)');
  });

  it('never hide where a path leads', async () => {
    const submission = await ingestEntries(
      { name: 'hw/../../top.ts' },
      { name: '/hw/top.ts' },
      { name: 'C:\\hw\\top.ts' },
      { name: '..\\top.ts' },
      { name: '\\\\server\\share\\top.ts' },
    );
    expect(submission.files.size).toBe(0);
    expect(submission.refused.map(({ why }) => why)).toEqual([
      'its path leads out of the submission with `..`',
      'its path is absolute',
      'its path starts with a drive letter',
      'its path leads out of the submission with `..`',
      'its path is absolute',
    ]);
  });
});

describe('names as other systems write them', () => {
  it('have backslashes for slashes', async () => {
    const submission = await ingestEntries(
      { name: 'hw\\', mode: 0 },
      { name: 'hw\\solve\\first.ts', content: 'one', mode: 0 },
      { name: 'hw\\top.ts', content: 'top', mode: 0 },
      { name: 'hw\\node_modules\\x\\index.js', mode: 0 },
    );
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.ignored).toEqual([{ name: 'node_modules', count: 1 }]);
    expect(submission.notes).toEqual(['Backslashes in the names of files were taken for folders']);
  });

  it('have backslashes in a folder, too, which an unpacking host leaves in the names', async () => {
    const path = writeTree(scratch(), { 'solve\\first.ts': 'one', 'top.ts': 'top' });
    expect(texts(await ingest({ path, allow: ALLOW }))).toEqual(TEXTS);
  });

  const marked: [string, string][] = [
    ['a browser', 'solve/first (1).ts'],
    ['another browser', 'solve/first(2).ts'],
    ['Windows', 'solve/first - Copy.ts'],
    ['Windows, later', 'solve/first - Copy (3).ts'],
    ['macOS', 'solve/first copy.ts'],
    ['macOS, later', 'solve/first copy 2.ts'],
    ['macOS, unpacking', 'solve/first 2.ts'],
    ['an editor that hides endings', 'solve/first.ts.txt'],
    ['capitals', 'Solve/First.TS'],
  ];
  it.each(marked)('are read for what they stand for: %s', async (_, name) => {
    const submission = await ingestEntries({ name, content: 'one' }, { name: 'top.ts', content: 'top' });
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.notes).toEqual([`${name} was taken for solve/first.ts`]);
    expect(submission.refused).toEqual([]);
  });

  it('are read so in a folder around everything, with no exact name at all', async () => {
    const submission = await ingestEntries({ name: 'hw (1)/top (1).ts', content: 'top' });
    expect(texts(submission)).toEqual({ 'top.ts': 'top' });
  });

  it('give way to the exact one, with a word about it', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: 'copy' },
      { name: 'top.ts', content: 'top' },
    );
    expect(texts(submission)).toEqual({ 'top.ts': 'top' });
    expect(reasonFor(submission, 'top (1).ts')).toBe('`top.ts` is there, too, and that is the one to submit');
  });

  it('are refused where two claim to be the same', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: 'copy' },
      { name: 'top (2).ts', content: 'copy' },
      { name: 'solve/first.ts', content: 'one' },
    );
    expect(texts(submission)).toEqual({ 'solve/first.ts': 'one' });
    expect(reasonFor(submission, 'top (1).ts')).toBe(
      '`top (2).ts` may be meant for `top.ts` as well; give that name to the one that counts',
    );
    expect(submission.refusedCount).toBe(2);
  });

  it('do not make up for a link under the exact name', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: '/etc/passwd', mode: 0o120777 },
      { name: 'solve/first.ts', content: 'one' },
    );
    expect(texts(submission)).toEqual({ 'solve/first.ts': 'one' });
    expect(reasonFor(submission, 'top (1).ts')).toContain('it is a link');
  });

  it('are named with what to do where they cannot be kept', async () => {
    const submission = await ingestEntries(
      { name: 'top.ts' },
      { name: 'pictures/a.png ' },
      { name: 'pictures/a?.png' },
    );
    expect(submission.refused.map(({ why }) => why)).toEqual([
      'its name is not valid on every system: it ends in a dot or a blank; rename it',
      'its name is not valid on every system: it holds one of < > : " | ? * \\; rename it',
    ]);
  });
});
