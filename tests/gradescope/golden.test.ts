import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { runAutograder, type RunEnd } from '../../grader/gradescope/run.ts';
import { settings } from '../../grader/gradescope/settings.ts';
import { writeSelfTest } from '../../grader/self-test/write-self-test.ts';
import type { policy } from '../../grader/assignment/policy.ts';
import { ROOT } from '../../repository.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'introspection-golden-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What differs from machine to machine. */
const CHANGING = new Set([
  'execution_time',
  'isolation',
  'versions',
  'submission_sha256',
  'seconds',
  'mebibytes',
]);

/** Runs a submission of the self-test's assignment as Gradescope would; results.json without what changes. */
async function run(options: {
  submission: 'right' | 'wrong' | 'template' | Readonly<Record<string, string>>;
  rules?: z.input<typeof policy>;
  metadata?: object;
}): Promise<{ end: RunEnd; text: string }> {
  const places = writeSelfTest(join(root, 'assignment'), options.rules);
  const { submission } = options;
  const files = typeof submission === 'string' ? readSources(places[submission]) : submission;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, 'submission', path, '..'), { recursive: true });
    writeFileSync(join(root, 'submission', path), text);
  }
  mkdirSync(join(root, 'results'));
  writeFileSync(join(root, 'submission_metadata.json'), JSON.stringify(options.metadata ?? {}));
  const end = await runAutograder({
    root,
    settings: settings.parse({ isolation: 'auto', timeFactor: 2 }),
    deadlineSeconds: 120,
    assignment: places.assignment,
    template: places.template,
    dependencies: ROOT,
    log: () => undefined,
  });
  // The results before say what only the staff may see.
  expect(statSync(join(root, 'submission_metadata.json')).mode & 0o077).toBe(0);
  const results = gradescopeResults.parse(
    JSON.parse(readFileSync(join(root, 'results', 'results.json'), 'utf8')),
  );
  const text = JSON.stringify(results, (key, value: unknown) => (CHANGING.has(key) ? undefined : value), 2);
  return { end, text: `${text}\n` };
}

function readSources(directory: string): Record<string, string> {
  const paths = ['weather', 'poster', 'clock', 'visitor'].map((part) => `parts/${part}.ts`);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

it('a right submission', async () => {
  const { end, text } = await run({ submission: 'right' });
  expect(end).toBe('graded');
  await expect(text).toMatchFileSnapshot('data/golden/right.json');
});

it('the template as it was handed out', async () => {
  const { end, text } = await run({ submission: 'template' });
  expect(end).toBe('graded');
  await expect(text).toMatchFileSnapshot('data/golden/template.json');
});

it('a wrong submission: values, a picture, an endless loop, an import that is not allowed', async () => {
  const { end, text } = await run({ submission: 'wrong', rules: { pictures: 'html' } });
  expect(end).toBe('graded');
  await expect(text).toMatchFileSnapshot('data/golden/wrong.json');
});

it('a late one of a group, under every rule', async () => {
  const day = (n: number): string => `2026-03-0${n}T12:00:00.000000Z`;
  const { end, text } = await run({
    submission: 'right',
    rules: {
      leftoverPrints: 'penalty',
      compileErrors: 'zero-part',
      maxBonus: 0.5,
      late: { per: 'day', percent: 10, graceMinutes: 10 },
      submissionLimit: { count: 3, hours: 24 },
      keepBest: true,
      visibility: [{ half: 'private', show: 'after_published' }],
      leaderboard: [
        {
          name: 'Visits',
          order: 'desc',
          part: 'visitor',
          case: 'one',
          value: { call: 'result' },
          requires: ['value'],
        },
      ],
    },
    metadata: {
      created_at: day(4),
      users: [{ id: 1 }, { id: 2 }],
      assignment: { due_date: day(3), total_points: '10.0', group_submission: true, group_size: 2 },
      previous_submissions: [
        { submission_time: day(1), score: 99, autograder_error: true },
        { submission_time: day(2), score: 9.75, autograder_error: false, results: { score: 9.75 } },
      ],
    },
  });
  expect(end).toBe('graded');
  await expect(text).toMatchFileSnapshot('data/golden/late.json');
});

it('one with two folders that both hold a solution', async () => {
  const { end, text } = await run({
    submission: { 'old/parts/weather.ts': 'export {};', 'new/parts/weather.ts': 'export {};' },
  });
  expect(end).toBe('refused');
  await expect(text).toMatchFileSnapshot('data/golden/refused.json');
});

it('one that holds nothing to grade is told so', async () => {
  const { text } = await run({ submission: { 'holiday.jpg': 'not a picture' } });
  const { score, output } = JSON.parse(text) as { score: number; output: string };
  expect(score).toBe(0);
  expect(output).toContain('None of the files that you were to write is in this submission');
  expect(output).toContain('holiday.jpg was not taken');
});

it('one too many: the results before are shown again, and nothing is graded', async () => {
  const results = { score: 4, output: 'Before.', output_format: 'text', tests: [] };
  const { end, text } = await run({
    submission: 'right',
    rules: { submissionLimit: { count: 1, hours: 24 } },
    metadata: {
      created_at: '2026-03-02T12:00:00Z',
      previous_submissions: [
        { submission_time: '2026-03-02T11:00:00Z', score: 4, autograder_error: false, results },
      ],
    },
  });
  expect(end).toBe('limited');
  const { score, output } = JSON.parse(text) as { score: number; output: string };
  expect([score, output]).toEqual([
    4,
    'Not graded: 1 submission is graded within 24 hours. What you see are the results before. The next submission is graded from 2026-03-03 11:00 UTC on.\n\nBefore.',
  ]);
});
