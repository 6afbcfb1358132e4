import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesBelow } from '../../grader/format/files-below.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'files-below-'));
  for (const path of ['b', 'a/B', 'a/c/d.ts', 'node_modules/x/y', 'a/node_modules/z']) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), '');
  }
  mkdirSync(join(directory, 'empty'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('lists files at every depth in code-unit order, and no folders', () => {
  expect(filesBelow(join(directory, 'a'))).toEqual(['B', 'c/d.ts', 'node_modules/z']);
});

it('passes over folders of a name wherever they lie', () => {
  expect(filesBelow(directory, { skip: ['node_modules'] })).toEqual(['a/B', 'a/c/d.ts', 'b']);
});

it('lists a link to a folder as itself, not what is behind it', () => {
  symlinkSync('a', join(directory, 'link'));
  expect(filesBelow(directory, { skip: ['node_modules'] })).toEqual(['a/B', 'a/c/d.ts', 'b', 'link']);
});
