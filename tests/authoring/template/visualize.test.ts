import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { shippedFiles } from '../../../authoring/template/layout.ts';
import { materialize } from '../../../authoring/template/materialize.ts';
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
  wrong: `import * as tf from '@tensorflow/tfjs';
export async function visualize(): Promise<string[]> {
  tf.add(tf.ones([2]), tf.ones([3]));
  return [];
}`,
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visualize-test-'));
  const files = shippedFiles({ root: repository, parts: [] });
  unpackTemplate(folder, materialize({ files, mode: 'template' }));
  const texts = Object.entries(drivers).map(([part, text]) => [`drivers/${part}.ts`, text]);
  writeFiles(folder, Object.fromEntries(texts));
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

  it('draws every part, goes on after one that fails, and says what is not written yet', async () => {
    const { stdout, stderr, exitCode } = await npmRun(folder, 'visualize');
    expect(stdout).toBe('drawn: wrote visualization/drawn.txt\nunwritten: computeIt is not implemented yet');
    expect(stderr).toContain('wrong: failed\nError: Operands could not be broadcast together');
    expect(stderr).toContain('drivers/wrong.ts:3:');
    expect(stderr).not.toContain('node_modules');
    expect(exitCode).toBe(1);
  });

  it('names the parts when one is asked for that does not exist', async () => {
    const { stderr, exitCode } = await npmRun(folder, 'visualize', 'drawm');
    expect(stderr).toContain('There is no picture for drawm. Parts: drawn, unwritten, wrong');
    expect(exitCode).toBe(2);
  });
});
