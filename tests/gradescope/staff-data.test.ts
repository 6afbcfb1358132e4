import { describe, expect, it } from 'vitest';
import { bestSoFar } from '../../grader/gradescope/policy/best-package.ts';
import type { PreviousSubmission } from '../../grader/gradescope/metadata.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { staffData } from '../../grader/gradescope/staff-data.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { NO_METADATA } from '../../grader/gradescope/metadata.ts';
import { checkResult, sampleReport } from './sample-report.ts';

const failed = (id: string, secret: string) =>
  checkResult({
    id,
    half: 'private',
    outcome: 'failed',
    earned: 0,
    used: 1234.5678,
    message: ['The result on an input that you have not seen is wrong.'],
    staffOnly: { message: [secret] },
  });

describe('what results keep for the staff', () => {
  it('is what a private check found, and nowhere else', () => {
    const results = toGradescope(sampleReport([failed('a', 'expected 287, received 1.66')]));
    const { staff } = results.extra_data as { staff: unknown };
    expect(staffData.parse(staff)).toEqual({
      seconds: { one: 0.1 },
      mebibytes: { one: 178 },
      checks: { 'one/a': { used: 1230, staffOnly: ['expected 287, received 1.66'] } },
      leftOut: 0,
    });
    expect(JSON.stringify({ ...results, extra_data: undefined })).not.toContain('287');
  });

  it('stays small, and says how much is missing', () => {
    const many = Array.from({ length: 400 }, (_, i) => failed(`c${i}`, 'x'.repeat(100_000)));
    const { staff } = toGradescope(sampleReport(many)).extra_data as { staff: unknown };
    expect(JSON.stringify(staff).length).toBeLessThan(80_000);
    const { checks, leftOut } = staffData.parse(staff);
    expect(leftOut).toBeGreaterThan(200);
    expect(Object.values(checks).filter(({ staffOnly }) => staffOnly)).toHaveLength(400 - leftOut);
  });
});

describe('the best score so far', () => {
  const before = (score: number, results?: object, autograderError = false): PreviousSubmission => ({
    score,
    autograderError,
    results: results as Record<string, unknown> | undefined,
  });
  const own = { score: 5, package: 'now' };

  it.each([
    ['its own, where it is the first', [], own],
    ['its own, where it is as good', [before(5, { score: 5, extra_data: { package_sha256: 'then' } })], own],
    [
      'that of the package of the submission before',
      [before(7, { score: 7, extra_data: { package_sha256: 'then' } })],
      { score: 7, package: 'then' },
    ],
    [
      'what the submission before knew',
      [
        before(7),
        before(7, { score: 7, extra_data: { best: { score: 7, package: 'first' }, package_sha256: 'then' } }),
      ],
      { score: 7, package: 'first' },
    ],
    [
      'a score of nobody, where nothing says',
      [before(7), before(6, { score: 6, extra_data: {} })],
      { score: 7 },
    ],
    ['its own, where the grader failed on the better one', [before(9, undefined, true)], own],
    ['its own, whatever students may have done to the results', [before(4, { extra_data: 3 })], own],
  ])('is %s', (_, previous, expected) => {
    expect(bestSoFar(own, { previous })).toEqual(expected);
  });

  it('is told where the best submission counts, and names the package', () => {
    const metadata = {
      ...NO_METADATA,
      previous: [before(9, { score: 9, extra_data: { package_sha256: 'then' } })],
    };
    const options = { metadata, extra: { package_sha256: 'now' } };
    const report = sampleReport([checkResult({})]);
    const results = toGradescope(report, { ...options, policy: policy.parse({ keepBest: true }) });
    expect(results.score).toBe(9);
    expect(results.extra_data).toMatchObject({ best: { score: 9, package: 'then' } });
    expect(toGradescope(report, options).extra_data).not.toHaveProperty('best');
  });
});
