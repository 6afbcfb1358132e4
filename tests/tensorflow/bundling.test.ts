import * as tf from '@tensorflow/tfjs';
import { build } from 'esbuild';
import { execa } from 'execa';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorflowBundling, wasmAssets } from '../../grader/tensorflow/index.ts';

/** What the union package re-exports of the WebGL backend. */
const onlyInBrowsers = [
  'default',
  'forceHalfFloat',
  'gpgpu_util',
  'GPGPUContext',
  'MathBackendWebGL',
  'setWebGLContext',
  'webgl',
  'webgl_util',
];

let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  await build({
    entryPoints: [fileURLToPath(new URL('./programs/bundled.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    outfile: join(directory, 'bundled.mjs'),
    ...tensorflowBundling,
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  for (const asset of wasmAssets()) copyFileSync(asset, join(directory, basename(asset)));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the bundle where only its own folder can be read. */
async function runBundle(
  threads: number,
): Promise<{ report: object; exports: string[]; gradient: number[] }> {
  const flags = [
    '--experimental-permission',
    `--allow-fs-read=${directory}/*`,
    ...(threads > 1 ? ['--allow-worker'] : []),
  ];
  const { stdout, stderr } = await execa(
    process.execPath,
    [...flags, '--no-warnings', join(directory, 'bundled.mjs'), directory, String(threads)],
    { cwd: directory, timeout: 60_000 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { report: object; exports: string[]; gradient: number[] };
}

describe('a bundle of TensorFlow.js for the grading child', () => {
  it('offers all of the API and differentiates where only its own folder can be read', async () => {
    const { report, exports, gradient } = await runBundle(1);
    const missing = Object.keys(tf).filter((name) => !exports.includes(name));
    expect(new Set(missing)).toEqual(new Set(onlyInBrowsers));
    expect(report).toMatchObject({ name: 'wasm', threads: 1 });
    expect(gradient).toHaveLength(48);
    expect(gradient[3 * 10]).toBe(16);
  });

  it('runs with threads there', async () => {
    const { report, gradient } = await runBundle(2);
    expect(report).toMatchObject({ name: 'wasm', threads: 2 });
    expect(gradient).toEqual((await runBundle(1)).gradient);
  }, 150_000);
});
