import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { placesIn } from '../../authoring/course/folder.ts';
import { importOnnx } from '../../models/onnx/import-onnx.ts';
import { assignment } from '../../reference/assignment.ts';
import { courseAt } from '../../scripts/options/course.ts';
import { FIXTURES } from '../../repository.ts';
import { squeezenetOnnx } from '../models/squeezenet-onnx.ts';
import { randomWeights } from '../reference/models/random-weights.ts';
import { runInProcess } from './run-in-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-command-'));
  vi.stubEnv('MODEL_CACHE', join(folder, 'models'));
  mkdirSync(join(folder, 'models'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const course = (network: string, out: string, ...options: readonly string[]) =>
  runInProcess(['course', '--network', network, '--out', out, ...options]);

/** Imports a narrow network of random weights. */
function importRandom(name: string, version: '1.0' | '1.1'): void {
  const onnx = squeezenetOnnx(version, randomWeights(version), 47);
  writeFileSync(join(folder, 'models', `${name}.safetensors`), importOnnx(onnx, { name }).bytes);
}

describe('npm run course', () => {
  it('says how to import a network that there is not, and leaves nothing', async () => {
    const ended = await course('mine', join(folder, 'out'));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/There is no network mine; npm run model -- import FILE\.onnx --name mine/);
    expect(readdirSync(folder)).toEqual(['models']);
  });

  it('takes no folder that is there', async () => {
    mkdirSync(join(folder, 'out'));
    const ended = await course('mine', join(folder, 'out'));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/is there already/);
  });

  it('refuses a file that is no network in a sentence, and leaves nothing', async () => {
    writeFileSync(join(folder, 'models', 'torn.safetensors'), 'not a network');
    const ended = await course('torn', join(folder, 'out'));
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toMatch(/torn\.safetensors: not a safetensors file/);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['models']);
  });

  it('refuses a network on which a role cannot be filled, and leaves nothing', async () => {
    importRandom('random', '1.0');
    const ended = await course('random', join(folder, 'out'), '--licence', 'MIT');
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toMatch(/a course needs a class that gradient ascent reaches/);
    expect(readdirSync(folder)).toEqual(['models']);
  }, 60_000);

  it('wants to know the licence of weights that it is to hand out, and leaves nothing', async () => {
    importRandom('random', '1.0');
    const ended = await course('random', join(folder, 'out'));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/the weights of random: say by --licence under which licence/);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['models']);
  });

  it('takes no empty licence for one', async () => {
    const ended = await course('random', join(folder, 'out'), '--licence', ' ');
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/it must name a licence, such as Apache-2\.0/);
  });

  it('refuses a second network that there is not, or of another kind, before anything is looked at', async () => {
    importRandom('random', '1.0');
    importRandom('other', '1.1');
    const robust = (name: string) => ['--licence', 'MIT', '--robust', name];
    const missing = await course('random', join(folder, 'out'), ...robust('mine'));
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toMatch(/There is no network mine/);
    const other = await course('random', join(folder, 'out'), ...robust('other'));
    expect(other.exitCode).toBe(1);
    expect(other.stderr.trim()).toMatch(
      /^course: other cannot stand beside random: it is a SqueezeNet 1\.1, .*$/,
    );
    expect(readdirSync(folder)).toEqual(['models']);
  });
});

describe('npm run course without a network', () => {
  const without = (...options: readonly string[]) =>
    runInProcess(['course', '--out', join(folder, 'out'), ...options]);

  it.each([
    [[], /Say --network, --private-seed or both: /],
    [['--private-seed', 'random', '--robust', 'mine'], /--robust needs --network/],
    [['--private-seed', 'random', '--licence', 'MIT'], /--licence needs --network/],
    [['--private-seed', 'fifteen letters'], /it must be random, or a line of at least 16 characters/],
    [['--private-seed', '--network', 'mine'], /it must be random, or a line .* that begins with no dash/],
    [['--private-seed', assignment.seed], /is the seed of the assignment, which everybody can read/],
  ])('%j is refused in a sentence, and leaves nothing', async (options, sentence) => {
    const ended = await without(...options);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['models']);
  });
});

describe('--course', () => {
  it('leads to the places of a course’s folder, and without it to those of the project', async () => {
    expect((await courseAt(undefined)).fixtures).toBe(FIXTURES);
    const places = placesIn(folder);
    for (const place of [...places.halves, places.template]) mkdirSync(place, { recursive: true });
    writeFileSync(places.example, '');
    expect(await courseAt(folder)).toEqual(places);
  });

  it('says what a folder that is no course lacks', async () => {
    const ended = await runInProcess(['grade', '--course', folder]);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/holds no course: .*public is missing; npm run course makes one/);
  });
});
