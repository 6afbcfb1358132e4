import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findDrift } from '../../../authoring/template/generated-folder.ts';
import { unsavedIn } from '../../../authoring/template/uncommitted.ts';
import { temporaryFolder, writeFiles } from './small-assignment.ts';

const git = (cwd: string, ...args: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd, stdio: 'ignore' });

it('names what git holds no copy of, among the files that writing would change or remove', () => {
  const root = temporaryFolder();
  const folder = join(root, 'template');
  writeFiles(folder, { 'kept.ts': '1', 'old.ts': '1', 'edited.ts': '1', 'gone.ts': '1' });
  git(root, 'init');
  git(root, 'add', '.');
  git(root, 'commit', '-m', 'first');
  writeFiles(folder, { 'edited.ts': 'by hand', 'notes/mine.md': 'mine', 'gone.ts': 'by hand' });
  const fresh = new Map([
    ['kept.ts', '1'],
    ['old.ts', '2'],
    ['edited.ts', '2'],
  ]);
  expect(unsavedIn(folder, findDrift(folder, fresh))).toEqual({
    edited: ['edited.ts', 'gone.ts'],
    untracked: ['notes/mine.md'],
  });
  rmSync(join(root, '.git'), { recursive: true });
  expect(unsavedIn(folder, findDrift(folder, fresh))).toEqual({
    edited: ['old.ts', 'edited.ts'],
    untracked: ['gone.ts', 'notes/mine.md'],
  });
});
