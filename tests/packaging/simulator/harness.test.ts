import { describe, expect, it } from 'vitest';
import { asGradescope, cutInTheMiddle, scoreOf, studentView } from '../../../packaging/simulator/harness.ts';

const finished = (results: unknown, change: object = {}) =>
  asGradescope({
    results: typeof results === 'string' ? Buffer.from(results) : Buffer.from(JSON.stringify(results)),
    exitCode: 0,
    timedOut: false,
    timeoutSeconds: 600,
    ...change,
  });

describe('what Gradescope makes of a run', () => {
  it('takes valid results as they are', () => {
    const record = finished({ score: 3, tests: [{ score: 3, max_score: 4 }] });
    expect(record).toEqual({
      results: { score: 3, tests: [{ score: 3, max_score: 4 }] },
      autograderError: false,
      warnings: [],
    });
  });

  it.each([
    ['no results.json', undefined, {}, /there is no results.json/],
    ['half a file', '{"score": 3', {}, /is not JSON/],
    ['a null', { score: 3, tests: [{ score: null }] }, {}, /tests\.0\.score is null/],
    ['a status that does not exist', { score: 3, tests: [{ status: 'maybe' }] }, {}, /tests\.0\.status/],
    ['neither score nor tests', { output: 'well' }, {}, /score or tests/],
    ['a time-out, whatever was written', { score: 9 }, { timedOut: true }, /overwritten/],
  ])('%s scores 0 and is an autograder error', (_, results, change, warning) => {
    const record = finished(results ?? '', results === undefined ? { results: undefined } : change);
    expect(scoreOf(record.results)).toBe(0);
    expect(record.autograderError).toBe(true);
    expect(record.warnings.join('\n')).toMatch(warning);
  });

  it('counts results although the run ended badly', () => {
    const record = finished({ score: 2 }, { exitCode: 3 });
    expect([scoreOf(record.results), record.autograderError]).toEqual([2, false]);
    expect(record.warnings).toEqual(['run_autograder ended with status 3']);
  });

  it('cuts long texts in the middle and replaces NUL, and says where', () => {
    const { results, warnings } = finished({ score: 1, output: `a\0${'x'.repeat(150_000)}z` });
    expect(results.output).toHaveLength(100_000);
    expect(results.output?.startsWith('a\uFFFDx')).toBe(true);
    expect(results.output?.endsWith('xz')).toBe(true);
    expect(warnings.map((one) => one.slice(0, 6))).toEqual(['output', 'output']);
  });

  it('leaves a text of the largest length alone', () => {
    const text = 'x'.repeat(100_000);
    expect(cutInTheMiddle(text)).toBe(text);
  });

  it('adds up the tests when no score is given', () => {
    expect(scoreOf(finished({ tests: [{ score: 1 }, { score: 0.5 }, {}] }).results)).toBe(1.5);
  });
});

describe('what a student sees', () => {
  const record = finished({
    score: 3,
    tests: [
      { name: 'open', score: 1 },
      { name: 'due', score: 1, visibility: 'after_due_date' },
      { name: 'published', score: 1, visibility: 'after_published' },
    ],
  });
  it.each([
    ['before-due-date', ['open'], undefined],
    ['after-due-date', ['open', 'due'], undefined],
    ['published', ['open', 'due', 'published'], 3],
  ] as const)('%s', (moment, names, score) => {
    const view = studentView(record, moment);
    expect(view.tests.map((test) => test.name)).toEqual(names);
    expect(view.score).toBe(score);
  });

  it('never holds a hidden test, and then never the total', () => {
    const view = studentView(
      finished({ score: 1, tests: [{ visibility: 'hidden', score: 1 }] }),
      'published',
    );
    expect([view.tests, view.score]).toEqual([[], undefined]);
  });
});
