import { describe, expect, it } from 'vitest';
import { toGradescope } from '../../grader/report/gradescope.ts';
import type { CheckResult, GradeReport } from '../../grader/report/grade-report.ts';
import { toTerminal } from '../../grader/report/terminal.ts';

function check(change: Partial<CheckResult>): CheckResult {
  return {
    id: 'value',
    part: 'one',
    title: 'the value is right',
    visibility: 'public',
    outcome: 'passed',
    earned: 2,
    points: 2,
    bonus: false,
    message: [],
    ...change,
  };
}

function report(checks: readonly CheckResult[], change: Partial<GradeReport> = {}): GradeReport {
  const earned = checks.reduce((sum, one) => sum + one.earned, 0);
  const points = checks.reduce((sum, one) => sum + (one.bonus ? 0 : one.points), 0);
  return {
    assignment: { id: 'a', title: 'An assignment' },
    submission: { name: 's.zip', sha256: '' },
    state: 'complete',
    parts: [
      { id: 'one', title: 'Part one', group: 'A', checks, earned, points, seconds: 0.1, state: 'graded' },
    ],
    score: earned,
    points,
    notices: [],
    seconds: 1.25,
    environment: { backend: 'wasm', isolation: 'strong', versions: {}, seed: 's' },
    ...change,
  };
}

describe('the Gradescope reporter', () => {
  it('gives each check its number, points and status, and the total as the score', () => {
    const failed = check({ id: 'b', outcome: 'failed', earned: 0, points: 1, message: ['wrong'] });
    const results = toGradescope(report([check({}), failed]));
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
    const results = toGradescope(report([check({}), check({ id: 'b', bonus: true, earned: 3, points: 3 })]));
    expect(results.score).toBe(5);
    expect(results.tests?.reduce((sum, test) => sum + (test.max_score ?? 0), 0)).toBe(2);
  });

  it('cuts a text that Gradescope would cut in the middle, and drops NUL', () => {
    const results = toGradescope(report([check({ message: [`a\0b${'x'.repeat(200_000)}`] })]));
    expect(results.tests?.[0].output?.length).toBeLessThan(90_020);
    expect(results.tests?.[0].output?.startsWith('abxxx')).toBe(true);
  });

  it('survives JSON: no null anywhere', () => {
    const text = JSON.stringify(toGradescope(report([check({ used: 0.5 })])));
    expect(text).not.toContain('null');
  });

  it('says whose fault an errored check is', () => {
    const results = toGradescope(report([check({ outcome: 'errored', earned: 0 })]));
    expect(results.output).toMatch(/grader’s fault.*contact the staff/);
  });

  it('greets the untouched template', () => {
    const results = toGradescope(report([check({ outcome: 'not-attempted', earned: 0 })]));
    expect(results.output).toMatch(/no function has been written yet/);
  });
});

describe('the terminal reporter', () => {
  it('prints no control characters without colour', () => {
    const text = toTerminal(report([check({ outcome: 'failed', message: ['why', 'how'] })]), {
      colour: false,
    });
    expect(text).toContain('      why\n      how');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('prints a message for what did not pass, and none for what was not attempted', () => {
    const text = toTerminal(report([check({ outcome: 'not-attempted', earned: 0, message: ['hush'] })]), {
      colour: false,
    });
    expect(text).not.toContain('hush');
    expect(text).toContain('1 not attempted');
  });
});
