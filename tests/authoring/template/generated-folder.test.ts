import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDrift, writeGenerated } from '../../../authoring/template/generated-folder.ts';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { temporaryFolder, writeFiles } from './small-assignment.ts';

const content = new Map<string, string | Uint8Array>([
  ['a.txt', 'one\n'],
  ['deep/b.bin', new Uint8Array([0, 255])],
]);
const none = { missing: [], changed: [], stale: [] };

describe('a generated folder', () => {
  it('is made from nothing', () => {
    const folder = join(temporaryFolder(), 'new');
    expect(findDrift(folder, content).missing).toEqual(['a.txt', 'deep/b.bin']);
    writeGenerated(folder, content);
    expect(filesBelow(folder)).toEqual(['a.txt', 'deep/b.bin']);
    expect([...readFileSync(join(folder, 'deep/b.bin'))]).toEqual([0, 255]);
    expect(findDrift(folder, content)).toEqual(none);
  });

  it('has each difference named: missing, changed, stale', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.txt': 'two\n', 'old/c.txt': '', '.hidden': '' });
    const drift = { missing: ['deep/b.bin'], changed: ['a.txt'], stale: ['.hidden', 'old/c.txt'] };
    expect(findDrift(folder, content)).toEqual(drift);
    expect(writeGenerated(folder, content)).toEqual(drift);
    expect(findDrift(folder, content)).toEqual(none);
    expect(existsSync(join(folder, 'old'))).toBe(false);
  });

  it('keeps what an npm install put there', () => {
    const folder = temporaryFolder();
    writeGenerated(folder, content);
    writeFiles(folder, { 'node_modules/x/index.js': '' });
    expect(writeGenerated(folder, content)).toEqual(none);
    expect(existsSync(join(folder, 'node_modules/x/index.js'))).toBe(true);
  });

  it('does not touch files that are right', () => {
    const folder = temporaryFolder();
    writeGenerated(folder, content);
    const before = statSync(join(folder, 'a.txt')).mtimeMs;
    writeFiles(folder, { 'deep/b.bin': 'changed' });
    writeGenerated(folder, content);
    expect(statSync(join(folder, 'a.txt')).mtimeMs).toBe(before);
  });

  it('replaces a link by the file and does not write through it', () => {
    const folder = temporaryFolder();
    const other = temporaryFolder();
    const elsewhere = join(other, 'elsewhere.txt');
    writeFiles(other, { 'elsewhere.txt': 'theirs\n' });
    symlinkSync(elsewhere, join(folder, 'a.txt'));
    expect(writeGenerated(folder, content).changed).toEqual(['a.txt']);
    expect(readFileSync(elsewhere, 'utf8')).toBe('theirs\n');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one\n');
    expect(findDrift(folder, content)).toEqual(none);
  });
});
