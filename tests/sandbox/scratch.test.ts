import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeScratch, scratchFolder, sweepScratch, type Scratch } from '../../grader/sandbox/scratch.ts';
import { isRoot } from './run-program.ts';

let temporary: string;
let own: Scratch;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'scratch-'));
  vi.stubEnv('TMPDIR', temporary);
  own = makeScratch('grader');
});
afterEach(() => {
  own.remove();
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

describe('where scratch directories are', () => {
  it('is the temporary directory', () => {
    expect(scratchFolder()).toBe(temporary);
  });

  it.runIf(process.platform === 'linux')('is another one where that is not there', () => {
    vi.stubEnv('TMPDIR', join(temporary, 'gone'));
    expect(scratchFolder()).toBe('/var/tmp');
    const scratch = makeScratch('grader');
    expect(scratch.path).toMatch(/^\/var\/tmp\/introspection-grader-/);
    scratch.remove();
  });
});

/** A name like our own, with something of it changed. */
function named(change: (owner: { pid: string; start: string; namespace: string }) => string): string {
  const [, pid, start, namespace] = /-(\d+)\.(\w+)\.(\w+)-\w+$/.exec(basename(own.path))!;
  return join(temporary, `introspection-grader-${change({ pid, start, namespace })}-abcDEF`);
}

/** Process ids above the kernel's largest are nobody's. */
const ofDead = named.bind(null, ({ start, namespace }) => `5000000.${start}.${namespace}`);

describe('sweeping what dead graders left', () => {
  it('removes a directory of a dead process with all that is in it, and keeps our own', () => {
    mkdirSync(join(ofDead(), 'staged'), { recursive: true });
    writeFileSync(join(ofDead(), 'staged', 'file'), '');
    sweepScratch();
    expect(readdirSync(temporary)).toEqual([basename(own.path)]);
  });

  it.runIf(process.platform === 'linux')('knows an earlier process of a number that lives again', () => {
    mkdirSync(named(({ pid, namespace }) => `${pid}.1.${namespace}`));
    sweepScratch();
    expect(readdirSync(temporary)).toEqual([basename(own.path)]);
  });

  it.runIf(process.platform === 'linux')(
    'keeps those of another container, which cannot be seen from here',
    () => {
      const foreign = named(({ start }) => `5000000.${start}.zz`);
      mkdirSync(foreign);
      sweepScratch();
      expect(existsSync(foreign)).toBe(true);
    },
  );

  it.runIf(isRoot)('keeps those of another user', () => {
    mkdirSync(ofDead());
    chownSync(ofDead(), 60_597, 60_597);
    sweepScratch();
    expect(existsSync(ofDead())).toBe(true);
  });

  it('follows no link, and keeps what only looks like one of ours', () => {
    const precious = join(temporary, 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'file'), '');
    symlinkSync(precious, ofDead());
    const others = ['introspection-grader-', 'introspection-grader-5000000', 'introspection-x-1.2.3-abcDEFg'];
    for (const name of others) mkdirSync(join(temporary, name));
    sweepScratch();
    expect(readdirSync(precious)).toEqual(['file']);
    expect(readdirSync(temporary)).toEqual(expect.arrayContaining([...others, basename(ofDead())]));
  });
});

it('a directory is gone once it is removed', () => {
  const other = makeScratch('canary');
  writeFileSync(join(other.path, 'file'), '');
  expect(basename(other.path)).toMatch(new RegExp(`^introspection-canary-${process.pid}\\.`));
  other.remove();
  expect(existsSync(other.path)).toBe(false);
});
