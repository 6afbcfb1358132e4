import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { execaSync } from 'execa';
import { unfinishedBeside } from '../../scripts/course/unfinished.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('what is half made lies beside its place, hidden, and goes', () => {
  const target = join(folder, 'course');
  const unfinished = unfinishedBeside(target);
  expect(existsSync(unfinished.directory)).toBe(true);
  expect(readdirSync(folder)).toEqual([`.course-unfinished-${process.pid}`]);
  unfinished.remove();
  expect(readdirSync(folder)).toEqual([]);
});

it('what a process left that was killed goes with the next one; that of a living one and of others stays', () => {
  const { stdout } = execaSync(process.execPath, ['-p', 'process.pid']);
  for (const name of [`.course-unfinished-${stdout}`, `.course-unfinished-${process.ppid}`, '.course-else']) {
    mkdirSync(join(folder, name));
  }
  unfinishedBeside(join(folder, 'course')).remove();
  expect(readdirSync(folder).toSorted()).toEqual(
    ['.course-else', `.course-unfinished-${process.ppid}`].toSorted(),
  );
});
