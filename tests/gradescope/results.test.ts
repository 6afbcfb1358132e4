import { describe, expect, it } from 'vitest';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { checkResult, sampleReport } from './sample-report.ts';

describe('the Gradescope reporter', () => {
  it('gives each check its number, points and status, and the total as the score', () => {
    const failed = checkResult({ id: 'b', outcome: 'failed', earned: 0, points: 1, message: ['wrong'] });
    const results = toGradescope(sampleReport([checkResult({}), failed]));
    expect(results.score).toBe(2);
    expect(
      results.tests?.map(({ number, score, max_score: max, status }) => [number, score, max, status]),
    ).toEqual([
      ['1.1', 2, 2, 'passed'],
      ['1.2', 0, 1, 'failed'],
    ]);
    expect(results.tests?.[1].output).toBe('wrong');
  });

  it('counts bonus points in the score and not in the maximum', () => {
    const results = toGradescope(
      sampleReport([checkResult({}), checkResult({ id: 'b', bonus: true, earned: 3, points: 3 })]),
    );
    expect(results.score).toBe(5);
    expect(results.tests?.reduce((sum, test) => sum + (test.max_score ?? 0), 0)).toBe(2);
  });

  it('cuts a text that Gradescope would cut in the middle, and drops NUL', () => {
    const results = toGradescope(sampleReport([checkResult({ message: [`a\0b${'x'.repeat(200_000)}`] })]));
    expect(results.tests?.[0].output?.length).toBeLessThan(90_020);
    expect(results.tests?.[0].output?.startsWith('abxxx')).toBe(true);
  });

  it('survives JSON: no null anywhere', () => {
    const text = JSON.stringify(toGradescope(sampleReport([checkResult({ used: 0.5 })])));
    expect(text).not.toContain('null');
  });

  it('says whose fault an errored check is', () => {
    const results = toGradescope(sampleReport([checkResult({ outcome: 'errored', earned: 0 })]));
    expect(results.output).toMatch(/grader’s fault.*contact the staff/);
  });

  it('greets the untouched template', () => {
    const results = toGradescope(sampleReport([checkResult({ outcome: 'not-attempted', earned: 0 })]));
    expect(results.output).toMatch(/no function has been written yet/);
  });
});
