import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../reference/assignment.ts';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { shippedFiles } from '../../../authoring/template/layout.ts';
import { materialize } from '../../../authoring/template/materialize.ts';
import { temporaryFolder } from './small-assignment.ts';
import { npmRun, repository, unpackTemplate } from './stand-alone.ts';

const template = generateTemplate({ root: repository, assignment });

function packageJson(path: string): Record<'dependencies' | 'devDependencies', Record<string, string>> {
  return JSON.parse(readFileSync(join(repository, path), 'utf8'));
}

describe('the student template', () => {
  it('stands alone: it type-checks, draws and collects in an empty folder', async () => {
    const folder = temporaryFolder();
    await unpackTemplate(folder, template);
    expect(await npmRun(folder, 'typecheck')).toMatchObject({ stdout: 'No type errors.', exitCode: 0 });

    const drivers = [...template.keys()].filter((path) => path.startsWith('drivers/'));
    const { stdout, stderr, exitCode } = await npmRun(folder, 'visualize');
    const lines = String(stdout)
      .split('\n')
      .filter((line) => line !== '');
    const names = drivers.map((path) => path.slice('drivers/'.length, -'.ts'.length));
    // How far the drawing is, and nothing else.
    const told = String(stderr)
      .replaceAll(new RegExp(`^(?:${names.join('|')}): [\\w ,-]+$`, 'gm'), '')
      .trim();
    expect({ told, exitCode }).toEqual({ told: '', exitCode: 0 });
    expect(lines.map((line) => line.replace(/: \w+ is not implemented yet$/, ''))).toEqual(names);

    const collected = await npmRun(folder, 'collect');
    expect(collected.exitCode).toBe(0);
    expect(collected.stdout).toMatch(
      /visualizers\/saliency-map\.ts:\d+: computeSaliencyMaps is not implemented yet/,
    );
    expect(collected.stdout).toMatch(/Packed \d+ files into assignment_3_submission\.zip/);
  });

  it('type-checks with the solutions in place of the stubs', async () => {
    const folder = temporaryFolder();
    const files = shippedFiles({ root: repository, parts: assignment.parts });
    const content = materialize({ files, mode: 'solution' });
    await unpackTemplate(folder, new Map([...content, ['submission.json', '{}']]));
    expect(await npmRun(folder, 'typecheck')).toMatchObject({ stdout: 'No type errors.', exitCode: 0 });
  });

  it('has its own package.json looked at, so that a dependency it does not declare is missed', async () => {
    const folder = temporaryFolder();
    await unpackTemplate(folder, template, { without: ['marked'] });
    const { stderr, exitCode } = await npmRun(folder, 'report');
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Cannot find package 'marked'");
  });

  it('declares the same versions as the repository', () => {
    const root = packageJson('package.json');
    const { dependencies, devDependencies } = packageJson('reference/template/package.json');
    const declared = { ...dependencies, ...devDependencies };
    const versions = { ...root.dependencies, ...root.devDependencies };
    const common = Object.keys(declared).map((name) => [name, versions[name]]);
    expect(declared).toEqual(Object.fromEntries(common));
  });

  it('throws NotImplementedError once in every function that the student writes, and has no marker', () => {
    const solutionPaths = assignment.parts.flatMap(({ files }) =>
      Object.keys(files).filter((path) => files[path].role === 'solution'),
    );
    const stubs = solutionPaths.map((path) => String(template.get(path)));
    const named = stubs.flatMap((text) => [...text.matchAll(/throw new NotImplementedError\('(\w+)'\)/g)]);
    expect(new Set(named.map(([, name]) => name)).size).toBe(named.length);
    expect(named.length).toBeGreaterThanOrEqual(solutionPaths.length);
    for (const text of stubs) expect(text).not.toMatch(/SOLUTION/);
  });
});
