import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPart } from '../../../authoring/new-part/new-part.ts';
import { withPart } from '../../../authoring/new-part/register.ts';
import { partNames } from '../../../authoring/new-part/part-names.ts';
import { partFolder } from '../../../authoring/new-part/skeleton.ts';
import { firstSubmissions } from '../../../authoring/new-part/submissions.ts';
import { assignment } from '../../../reference/assignment.ts';
import { ROOT } from '../../../repository.ts';
import { trackedFiles } from '../../architecture/tracked-files.ts';

const NAME = 'occlusion-sensitivity';
const MINUTES = 60_000;

describe('a new part in a copy of the repository', () => {
  const copy = mkdtempSync(join(tmpdir(), 'introspection-new-part-'));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const run = async (program: string, ...args: string[]): Promise<string> => {
    const { all, exitCode } = await execa(program, args, {
      cwd: copy,
      preferLocal: true,
      localDir: ROOT,
      reject: false,
      all: true,
      stdin: 'ignore',
    });
    expect(exitCode, all).toBe(0);
    return all;
  };
  const command = (...args: string[]): Promise<string> => run('tsx', 'scripts/cli.ts', ...args);

  beforeAll(async () => {
    for (const path of trackedFiles()) {
      if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(copy, path));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    expect(await command('new-part', NAME)).toContain(`reference/parts/${NAME}/rubric.ts`);
  }, 5 * MINUTES);

  it(
    'is in the format of the repository, and compiles',
    async () => {
      await run('prettier', '--check', `reference/parts/${NAME}`, 'reference/assignment.ts');
      await run('node', join(ROOT, 'node_modules/typescript-7/bin/tsc'), '--noEmit');
    },
    5 * MINUTES,
  );

  it(
    'passes every invariant, and its wrong and right solutions end as they should',
    async () => {
      await command('template');
      await command('fixtures', '--part', NAME);
      const graded = await run('vitest', 'run', '--config', 'tests/corpus/vitest.config.ts', '-t', NAME);
      // Four wrong ones, one right one, and that there are so many.
      expect(graded).toMatch(/Tests .*6 passed/);
    },
    10 * MINUTES,
  );

  it('is not written twice', () => {
    expect(() => newPart({ root: copy, name: NAME })).toThrow(/is there already/);
  });
});

describe('the name of a new part', () => {
  it('has a form for each place', () => {
    expect(partNames('layer-wise-relevance-2')).toEqual({
      name: 'layer-wise-relevance-2',
      camel: 'layerWiseRelevance2',
      title: 'Layer wise relevance 2',
    });
  });

  it.each(['Occlusion', 'occlusion_sensitivity', '../x', '2-layers', 'a--b', ''])('cannot be %j', (name) => {
    expect(() => newPart({ root: ROOT, name })).toThrow(/is no name of a part/);
  });
});

it.each(['delete', 'await', 'eval', 'figure', 'solution', 'picture', 'gallery', 'network-gradient'])(
  'a part cannot be called %j, which its own code uses otherwise',
  (name) => {
    expect(() => partNames(name)).toThrow(/is no name of a part: (?:TypeScript|the skeleton) uses it/);
  },
);

it('a new part has at least half of its points in private checks', () => {
  const files = partFolder(partNames(NAME));
  const checks = [...files.get('rubric.ts')!.matchAll(/^ {2}(?:close|picture)\('([\w-]+)', ([\d.]+)/gm)];
  const isPrivate = (id: string): boolean => files.get('cases.ts')!.includes(`privateCase('${id}'`);
  const points = checks.filter(([, id]) => isPrivate(id)).map(([, , worth]) => Number(worth));
  expect(points.reduce((total, worth) => total + worth, 0)).toBeGreaterThanOrEqual(4 / 2);
});

it('a new part’s wrong solutions say why they keep much, where they keep more than 60 %', () => {
  const files = firstSubmissions(partNames(NAME));
  const wrong = [...files].filter(([path]) => path.endsWith('/expect.json'));
  expect(wrong).toHaveLength(4);
  const keepingMuch = wrong.filter(([, text]) => JSON.parse(text).keeps > 0.6 * 4).map(([path]) => path);
  const saying = wrong
    .map(([path]) => path)
    .filter((path) =>
      /\n\nIt keeps much: [^\n]+\.\n$/.test(files.get(path.replace('expect.json', 'README.md'))!),
    );
  expect(saying).toEqual(keepingMuch);
});

it('a new part comes last in both lists, with its points in the total', () => {
  const text = readFileSync(join(ROOT, 'reference/assignment.ts'), 'utf8');
  const changed = withPart(text, partNames(NAME));
  expect(changed).toContain(`points: ${assignment.points + 4},`);
  expect(changed).toMatch(/ {4}occlusionSensitivityPart,\n {2}\]\.map/);
  expect(changed).toMatch(/ {4}'occlusion-sensitivity',\n {2}\]/);
  expect(() => withPart('export const assignment = [];', partNames(NAME))).toThrow(
    /nothing there looks like/,
  );
});
