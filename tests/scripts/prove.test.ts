import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { differences } from '../../scripts/prove/differences.ts';
import { recordTrial, tried } from '../../scripts/prove/findings.ts';
import { solutionsOf } from '../../scripts/prove/solutions.ts';

describe('the verdicts of two backends', () => {
  const expected = { a: { value: 'passed', shape: 'failed' }, b: { value: 'passed' } };

  it('differ nowhere where they are the same', () => {
    expect(differences({ expected, actual: structuredClone(expected) })).toEqual([]);
  });

  it('differ in each check of another outcome, and in what was not judged', () => {
    expect(differences({ expected, actual: { a: { value: 'failed', shape: 'failed' } } })).toEqual([
      { solution: 'a', check: 'value', expected: 'passed', actual: 'failed' },
      { solution: 'b', check: 'value', expected: 'passed', actual: 'none' },
    ]);
  });
});

describe('the file of findings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prove-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says why a backend broke off, and what was found before', async () => {
    const out = join(folder, 'prove-webgpu.json');
    const trial = recordTrial({ backend: 'webgpu', out }, async (findings) => {
      findings.errors = { forward: 1e-7, gradient: 2e-7 };
      await tried(Promise.reject(new Error('the device was lost')));
    });
    await expect(trial).rejects.toThrow(FindingError);
    await expect(trial).rejects.toThrow('webgpu could not be tried to the end: the device was lost');
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      backend: 'webgpu',
      problem: 'the device was lost',
      errors: { forward: 1e-7 },
    });
  });

  it('blames no backend for what fails elsewhere', async () => {
    const out = join(folder, 'prove-webgpu.json');
    const trial = recordTrial({ backend: 'webgpu', out }, () => Promise.reject(new Error('WASM failed')));
    await expect(trial).rejects.toThrow(/^WASM failed$/);
    await expect(trial).rejects.not.toThrow(FindingError);
    expect(existsSync(out)).toBe(false);
  });
});

describe('the solutions of a part', () => {
  it('are its typical mistakes and its other right solutions', () => {
    const kinds = solutionsOf('tv-loss').map(({ name }) => name.split('/')[0]);
    expect(kinds.filter((kind) => kind === 'should-fail').length).toBeGreaterThanOrEqual(3);
    expect(kinds.filter((kind) => kind === 'should-pass').length).toBeGreaterThanOrEqual(1);
  });
});
