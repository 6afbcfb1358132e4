import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import { reviewSources, type SourceReview } from '../../../grader/pipeline/intake/review-sources.ts';
import { writeSelfTest } from '../../../grader/self-test/write-self-test.ts';
import { ReadingTime } from '../../../grader/source/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'introspection-review-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const SLOW = `const x = ${'async (a = '.repeat(30)}0${')'.repeat(30)};\n`;
const DEEP = `const x = ${'('.repeat(100_000)}0${')'.repeat(100_000)};\n`;

function review(files: Readonly<Record<string, string>>, time?: ReadingTime): SourceReview {
  const { template, assignment, right } = writeSelfTest(join(root, 'assignment'));
  const staged = join(root, 'staged');
  for (const from of [template, right]) cpSync(from, staged, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(staged, path), text);
  return reviewSources({
    assignment: loadAssignment(assignment),
    staged,
    template,
    ...(time ? { time } : {}),
  });
}

it('a right submission has nothing refused, and what each file imports is known', () => {
  const { refusedImports, findings } = review({});
  expect([...refusedImports]).toEqual([]);
  expect(findings.get('parts/weather.ts')).toEqual([]);
});

it.each([
  ['takes the parser minutes', SLOW, 'it takes longer than 0.3 s'],
  ['is nested without end', DEEP, 'it is nested too deeply'],
])('a file that %s is refused, and so is what imports it; the rest is read', (_, text, why) => {
  const time = new ReadingTime({ perFile: 300, total: 30_000 });
  const { refusedImports } = review(
    { 'parts/weather.ts': text, 'parts/clock.ts': "import './weather.ts';\n" },
    time,
  );
  expect([...refusedImports.keys()].sort()).toEqual(['clock', 'weather']);
  for (const problems of refusedImports.values()) {
    expect(problems).toMatchObject([{ file: 'parts/weather.ts', message: expect.stringContaining(why) }]);
  }
});

it('files that are slow together are refused when the time of all is up', () => {
  const paths = ['weather', 'poster', 'clock', 'visitor'].map((part) => `parts/${part}.ts`);
  const begin = performance.now();
  const { refusedImports } = review(
    Object.fromEntries(paths.map((path) => [path, SLOW])),
    new ReadingTime({ perFile: 400, total: 600 }),
  );
  expect(performance.now() - begin).toBeLessThan(5000);
  const said = [...refusedImports.values()].map(([{ message }]) => message);
  expect(said).toHaveLength(4);
  expect(said[0]).toContain('it takes longer than 0.4 s');
  expect(said[3]).toContain('the files before it took the 0.6 s that there are for reading all of them');
});
