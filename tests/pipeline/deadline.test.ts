import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { gradescopeResults, type GradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { childrenBelow, claimsOf, startGrader, type Grader } from './interrupted-grader.ts';

const DEADLINE_SECONDS = 15;

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'introspection-deadline-'));
  // Children run under user ids of their own.
  chmodSync(base, 0o755);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Place {
  readonly temporary: string;
  readonly directory: string;
}

/** Grades a submission with an endless loop in its second-cheapest part, which would take minutes. */
function start(hang: string): Place & { grader: Grader } {
  const own = mkdtempSync(join(base, 'run-'));
  chmodSync(own, 0o755);
  const place = { temporary: join(own, 'temporary'), directory: join(own, 'grader') };
  mkdirSync(place.temporary);
  const args = ['wrong', '', '75', String(DEADLINE_SECONDS), hang];
  return { ...place, grader: startGrader({ program: 'grade-self-test.ts', ...place, args }) };
}

const resultsIn = ({ directory }: Place): GradescopeResults =>
  gradescopeResults.parse(JSON.parse(readFileSync(join(directory, 'results.json'), 'utf8')));

const scratchIn = ({ temporary }: Place): string[] =>
  readdirSync(temporary).filter((name) => name.startsWith('introspection-'));

describe('a run whose deadline passes', { timeout: 120_000 }, () => {
  it.concurrent('ends with what was graded, and leaves nothing behind', async () => {
    const { grader, ...place } = start('');
    expect(await grader.ended).toEqual({ code: 0, signal: null });
    expect(existsSync(join(place.directory, 'done'))).toBe(true);
    const { output, extra_data: extra } = resultsIn(place);
    expect(output).toContain('The time for one submission, 15 seconds, ran out.');
    expect(output).toMatch(/Not graded: Weather, Clock/);
    expect(extra?.state).toBe('running');
    expect(scratchIn(place)).toEqual([]);
    expect(childrenBelow(place.temporary)).toEqual([]);
    expect(claimsOf(grader.process.pid)).toEqual([]);
  });

  it.concurrent.each([
    ['in a loop', { code: 3, signal: null }],
    ['in a regular expression', { code: 3, signal: null }],
    ['outside of JavaScript', { code: null, signal: 'SIGKILL' }],
  ])('is ended although the grader hangs %s', async (hang, ending) => {
    const begin = performance.now();
    const { grader, ...place } = start(hang);
    expect(await grader.ended).toEqual(ending);
    expect(performance.now() - begin).toBeLessThan((DEADLINE_SECONDS + 75) * 1000);
    expect(grader.stderr()).toContain('it hangs at its deadline, and is ended');
    const { score, output, tests = [] } = resultsIn(place);
    expect(output).toContain('The time for one submission, 15 seconds, ran out. The grader hung');
    expect(output).toContain('contact the staff');
    // The cheapest part was graded when the grader began to hang; it is in the results all the same.
    expect(tests.at(-1)).toMatchObject({ status: 'failed' });
    expect(tests.at(-1)?.output).not.toContain('Not graded');
    expect(tests[0].output).toContain('Not graded');
    expect(score).toBeLessThanOrEqual(1);
    expect(scratchIn(place)).toEqual([]);
    expect(readdirSync(place.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    // The kernel may take a moment to end the children of a killed process.
    await vi.waitFor(() => expect(childrenBelow(place.temporary)).toEqual([]), { timeout: 5000 });
    if (ending.signal === null) expect(claimsOf(grader.process.pid)).toEqual([]);
  });
});
