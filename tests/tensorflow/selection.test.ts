import * as tf from '@tensorflow/tfjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { autoThreads, CoreWatch, installedBackends, prepareBackend } from '../../grader/tensorflow/index.ts';
import type { BackendName } from '../../grader/tensorflow/index.ts';
import { restoreUtil } from '../../grader/tensorflow/optional/restore-util.ts';

let empty: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'no-backends-'));
});
afterAll(() => rmSync(empty, { recursive: true, force: true }));

describe('a backend that is named', () => {
  it.each(['gpu', 'native', 'webgpu'] as const)(
    '%s is an error that says what to do where it is missing',
    async (backend) => {
      await expect(prepareBackend({ backend, backendsDirectory: empty })).rejects.toThrow(
        `The backend ${backend} cannot be used: it is not installed; npm run setup -- ${backend}`,
      );
    },
  );

  it('is an error where there is none of that name', async () => {
    await expect(prepareBackend({ backend: 'tpu' as BackendName })).rejects.toThrow(
      'There is no backend tpu',
    );
  });

  it('is taken, with versions in the report', async () => {
    for (const backend of ['cpu', 'wasm'] as const) {
      const report = await prepareBackend({ backend });
      expect(report).toMatchObject({ name: backend, threads: 1, rejected: [] });
      expect(report.versions).toMatchObject({
        node: process.versions.node,
        '@tensorflow/tfjs': tf.version.tfjs,
      });
      expect(tf.getBackend()).toBe(backend);
    }
  });

  it('is an error where its files are missing', async () => {
    await expect(prepareBackend({ backend: 'wasm', wasmDirectory: empty })).rejects.toThrow('npm install');
  });
});

describe('auto', () => {
  it('takes WASM where npm alone installed, and says why not the others', async () => {
    const report = await prepareBackend({ backend: 'auto', backendsDirectory: empty });
    expect(report.name).toBe('wasm');
    expect(report.rejected.map(({ name }) => name)).toEqual(['gpu', 'native', 'webgpu']);
    for (const { name, why } of report.rejected) expect(why).toContain(`npm run setup -- ${name}`);
  });

  it('comes down to the plain backend where WASM cannot start', async () => {
    const report = await prepareBackend({ backend: 'auto', wasmDirectory: empty });
    expect(report.name).toBe('cpu');
    expect(report.rejected.map(({ name }) => name)).toEqual(['wasm']);
  });

  it('finds no optional backend in an empty folder', () => {
    expect(installedBackends(empty)).toEqual([]);
  });
});

describe('the number of threads', () => {
  it('is refused where it is no whole number from 1 to 8, whatever the backend', async () => {
    for (const threads of [0, 9, 1.5, NaN]) {
      await expect(prepareBackend({ backend: 'auto', threads })).rejects.toThrow('number of threads');
    }
  });

  it('is at most the cores and 4 by default', async () => {
    const { threads } = await prepareBackend({ backend: 'wasm', threads: 'auto' });
    for (const count of [await autoThreads(), threads]) {
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(Math.min(4, availableParallelism()));
    }
  });

  it('is one where other programs compute on every core', async () => {
    const spin = 'for (const end = Date.now() + 20_000; Date.now() < end;);';
    const cores = Array.from({ length: availableParallelism() });
    const programs = cores.map(() => execa(process.execPath, ['-e', spin], { reject: false }));
    try {
      await setTimeout(300);
      const watch = new CoreWatch();
      await setTimeout(500);
      expect(await autoThreads(watch)).toBe(1);
    } finally {
      for (const program of programs) program.kill('SIGKILL');
      await Promise.all(programs);
    }
  });
});

describe('restoreUtil', () => {
  it('gives tfjs-node what newer versions of Node have removed', () => {
    const util: Record<string, unknown> = {};
    restoreUtil(util);
    const isNullOrUndefined = util['isNullOrUndefined'] as (value: unknown) => boolean;
    expect([null, undefined, 0, '', false].map(isNullOrUndefined)).toEqual([true, true, false, false, false]);
    expect((util['isArray'] as (value: unknown) => boolean)([])).toBe(true);
  });

  it('leaves what is there', () => {
    const isArray = (): boolean => false;
    const util: Record<string, unknown> = { isArray };
    restoreUtil(util);
    expect(util['isArray']).toBe(isArray);
  });
});
