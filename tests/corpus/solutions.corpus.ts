import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readJson } from '../../grader/format/read-json.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { assignment } from '../../reference/assignment.ts';
import { FIXTURES } from '../../repository.ts';
import { expectation } from './expectation.ts';
import { checksBy, gradeOverlay } from './graded.ts';
import { AtHome } from './at-home.ts';

function folders(directory: string): string[] {
  // Of a new part there is none yet, which a test below says.
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** All points of the graded checks, bonus included. */
const attainable = ({ parts: graded }: GradeReport): number =>
  graded.flatMap(({ checks }) => checks).reduce((sum, { points }) => sum + points, 0);

/** What a student is told by the kit: the same, check by check, as by the grader. */
const home = new AtHome();
afterAll(() => home.close());

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

describe.each(parts)('typical mistakes of %s', (part) => {
  it.concurrent.each(folders(join(SHOULD_FAIL, part)))(
    '%s fails what it should and nothing else',
    async (name) => {
      const overlay = join(SHOULD_FAIL, part, name);
      expect(readdirSync(overlay)).toEqual(expect.arrayContaining(['README.md', 'expect.json']));
      const expected = readJson(join(overlay, 'expect.json'), expectation, 'see docs/assignment-format.md');
      const report = await gradeOverlay({ overlay, parts: [part], compare: home.compare });
      expect(expected.part).toBe(part);
      expect({
        fails: checksBy(report, 'failed'),
        skips: checksBy(report, 'skipped'),
        errored: checksBy(report, 'errored'),
        notAttempted: checksBy(report, 'not-attempted'),
      }).toEqual({
        fails: [...expected.fails].sort(),
        skips: [...expected.skips].sort(),
        errored: [],
        notAttempted: [],
      });
      expect(report.score).toBeLessThan(attainable(report));
      if (expected.keeps !== undefined) expect(report.score).toBeCloseTo(expected.keeps, 9);
    },
  );
});

describe.each(parts)('other solutions of %s', (part) => {
  it.concurrent.each(folders(join(SHOULD_PASS, part)))('%s passes everything', async (name) => {
    const report = await gradeOverlay({
      overlay: join(SHOULD_PASS, part, name),
      parts: [part],
      compare: home.compare,
    });
    const unhappy = report.parts.flatMap((one) => one.checks).filter((check) => check.outcome !== 'passed');
    expect(unhappy.map(({ id, message }) => `${id}: ${message.join(' ')}`)).toEqual([]);
    expect(report.score).toBeCloseTo(attainable(report), 9);
  });
});
