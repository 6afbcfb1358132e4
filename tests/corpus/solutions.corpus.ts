import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectation, expectedOn } from '../../authoring/judging/expectation.ts';
import { readJson } from '../../grader/format/read-json.ts';
import type { PartResult } from '../../grader/report/grade-report.ts';
import { assignment } from '../../reference/assignment.ts';
import { FIXTURES } from '../../repository.ts';
import { AtHome, publicHalf } from './at-home.ts';
import { checksBy, networks, REFERENCE } from './graded.ts';
import { SharedGradings } from './shared-gradings.ts';
import { decidingFiles } from './written-files.ts';

function folders(directory: string): string[] {
  // Of a new part there is none yet, which a test below says.
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** All points of a part's checks, bonus included. */
const attainable = ({ checks }: PartResult): number => checks.reduce((sum, { points }) => sum + points, 0);

/** What a student is told by the kit: the same, check by check, as by the grader. */
const home = new AtHome();
afterAll(() => home.close());
const gradings = new SharedGradings(home);

/** Grades a solution of a part, and expects the same of its public checks at home. */
async function gradeSolution(part: string, overlay: string): Promise<PartResult> {
  const { graded, atHome } = await gradings.grade({ part, overlay });
  expect(publicHalf(atHome)).toEqual(publicHalf(graded));
  return graded;
}

const SHOULD_FAIL = join(FIXTURES, 'submissions/should-fail');
const SHOULD_PASS = join(FIXTURES, 'submissions/should-pass');

const parts = assignment.parts.map((part) => part.id);

describe('every part has typical mistakes and another right solution', () => {
  it.each(parts)('%s', (part) => {
    expect(folders(join(SHOULD_FAIL, part)).length, `mistakes in should-fail/${part}`).toBeGreaterThanOrEqual(
      3,
    );
    expect(
      folders(join(SHOULD_PASS, part)).length,
      `other solutions in should-pass/${part}`,
    ).toBeGreaterThanOrEqual(1);
  });
});

it('a part is also decided by the files of other parts that its cases call or that it imports', () => {
  const solution = join(SHOULD_FAIL, 'contrastive/returns-its-input');
  expect([...decidingFiles('contrastive', solution)]).toContain('visualizers/grad-cam.ts');
  expect([...decidingFiles('style-transfer', REFERENCE)]).toContain('style-modules/tv-loss.ts');
});

/** The folders of all parts, neighbours of different parts where there are any: those that run at once can be graded together. */
function inTurn(directory: string): [part: string, name: string][] {
  const columns = parts.map((part) =>
    folders(join(directory, part)).map((name): [string, string] => [part, name]),
  );
  const longest = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) =>
    columns.flatMap((column) => column.slice(i, i + 1)),
  ).flat();
}

describe('typical mistakes', () => {
  it.concurrent.each(inTurn(SHOULD_FAIL))(
    '%s: %s fails what it should and nothing else',
    async (part, name) => {
      const overlay = join(SHOULD_FAIL, part, name);
      expect(readdirSync(overlay)).toEqual(expect.arrayContaining(['README.md', 'expect.json']));
      const described = readJson(join(overlay, 'expect.json'), expectation, 'see docs/assignment-format.md');
      const expected = expectedOn(networks, described);
      const graded = await gradeSolution(part, overlay);
      const only = { parts: [graded] };
      expect(described.part).toBe(part);
      expect({
        fails: checksBy(only, 'failed'),
        skips: checksBy(only, 'skipped'),
        errored: checksBy(only, 'errored'),
        notAttempted: checksBy(only, 'not-attempted'),
      }).toEqual({
        fails: [...expected.fails].sort(),
        skips: [...expected.skips].sort(),
        errored: [],
        notAttempted: [],
      });
      expect(graded.earned).toBeLessThan(attainable(graded));
      if (expected.keeps !== undefined) expect(graded.earned).toBeCloseTo(expected.keeps, 9);
    },
  );
});

describe('other solutions', () => {
  it.concurrent.each(inTurn(SHOULD_PASS))('%s: %s passes everything', async (part, name) => {
    const graded = await gradeSolution(part, join(SHOULD_PASS, part, name));
    const unhappy = graded.checks.filter((check) => check.outcome !== 'passed');
    expect(unhappy.map(({ id, message }) => `${id}: ${message.join(' ')}`)).toEqual([]);
    expect(graded.earned).toBeCloseTo(attainable(graded), 9);
  });
});
