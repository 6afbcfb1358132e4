import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { shippedFiles } from '../../../authoring/template/layout.ts';
import { materialize } from '../../../authoring/template/materialize.ts';
import { savePicture } from '../../../reference/lib/picture/files.ts';
import { writeFiles } from './small-assignment.ts';
import { npmRun, repository, unpackTemplate } from './stand-alone.ts';

const drivers = {
  drawn: `import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
export async function visualize({ outputDirectory }: { outputDirectory: string }): Promise<string[]> {
  await mkdir(outputDirectory, { recursive: true });
  const file = join(outputDirectory, 'drawn.txt');
  await writeFile(file, tf.getBackend());
  return [file];
}`,
  unwritten: `import { NotImplementedError } from '../contract/not-implemented-error.ts';
export async function visualize(): Promise<string[]> {
  throw new NotImplementedError('computeIt');
}`,
  unawaited: `export async function visualize(): Promise<string[]> {
  void (async () => {
    throw new Error('nobody waits');
  })();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return [];
}`,
  wrapped: `import * as tf from '@tensorflow/tfjs';
import { mapOf } from '../visualizers/own.ts';
export async function visualize(): Promise<string[]> {
  try {
    mapOf(tf.ones([2]));
  } catch (cause) {
    throw new Error('there is no map', { cause });
  }
  return [];
}`,
  wrong: `import * as tf from '@tensorflow/tfjs';
export async function visualize(): Promise<string[]> {
  tf.add(tf.ones([2]), tf.ones([3]));
  return [];
}`,
};

/** What a student writes: its line is below those of the library and of given code. */
const own = `import * as tf from '@tensorflow/tfjs';
export function mapOf(image: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.grad((x) => tf.grad((y) => tf.topk(y.square(), 1).values.sum())(x).sum())(image));
}`;

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visualize-test-'));
  const files = shippedFiles({ root: repository, parts: [] });
  await unpackTemplate(folder, materialize({ files, mode: 'template' }));
  const texts = Object.entries(drivers).map(([part, text]) => [`drivers/${part}.ts`, text]);
  writeFiles(folder, {
    ...Object.fromEntries(texts),
    'visualizers/own.ts': own,
    'submission.json': JSON.stringify({ solutionFiles: [], optional: [], given: {} }),
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run visualize in the template', () => {
  it('draws with the WASM backend the parts that are named, and only these', async () => {
    const { stdout, stderr, exitCode } = await npmRun(folder, 'visualize', 'drawn');
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: 'drawn: wrote visualization/drawn.txt',
      stderr: '',
      exitCode: 0,
    });
    expect(existsSync(join(folder, 'visualization/drawn.txt'))).toBe(true);
  });

  it('draws beside the pictures that are submitted what a picture of one’s own shows', async () => {
    const data = new Float32Array(3 * 20 * 20).fill(0.5);
    await savePicture(join(folder, 'cat.png'), { width: 20, height: 20, data });
    const { stdout, exitCode } = await npmRun(folder, 'visualize', 'drawn', '--', '--picture', 'cat.png');
    expect({ stdout, exitCode }).toEqual({
      stdout: 'drawn: wrote visualization/own/drawn.txt',
      exitCode: 0,
    });
  });

  it('draws every part, goes on after one that fails, and says what is not written yet', async () => {
    const parts = ['drawn', 'unwritten', 'wrapped', 'wrong'];
    const { stdout, stderr, exitCode } = await npmRun(folder, 'visualize', ...parts);
    expect(stdout).toBe('drawn: wrote visualization/drawn.txt\nunwritten: computeIt is not implemented yet');
    const shown = String(stderr).split('\n');
    expect(shown).toEqual([
      'wrapped: failed',
      'Error: there is no map (drivers/wrapped.ts:7)',
      'caused by Error: Cannot compute gradient: gradient function not found for TopK. (visualizers/own.ts:3)',
      expect.stringMatching(/^TensorFlow\.js has no gradient for TopK: /),
      'wrong: failed',
      'Error: Operands could not be broadcast together with shapes 2 and 3. (drivers/wrong.ts:3)',
      expect.stringMatching(/^Shapes are compared from the last dimension backwards: /),
    ]);
    expect(exitCode).toBe(1);
  });

  it('places an error that nothing waits for', async () => {
    const { stderr, exitCode } = await npmRun(folder, 'visualize', 'unawaited');
    expect(stderr).toBe('failed\nError: nobody waits (drivers/unawaited.ts:3)');
    expect(exitCode).toBe(1);
  });

  it('names the parts when one is asked for that does not exist', async () => {
    const { stderr, exitCode } = await npmRun(folder, 'visualize', 'drawm');
    expect(stderr).toContain(
      'There is no part drawm (did you mean drawn?). Parts with a picture: drawn, unawaited, unwritten, wrapped, wrong',
    );
    expect(exitCode).toBe(2);
  });
});
