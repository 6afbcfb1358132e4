import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ClassProgress } from '../../batch/grade-class.ts';
import { classProgress } from '../../scripts/class/class-progress.ts';

let written: string;
beforeEach(() => {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  vi.useFakeTimers();
  process.stderr.isTTY = false;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const at = (fields: Partial<ClassProgress>): ClassProgress => ({
  ...{ done: 0, total: 6, kept: 0, failed: 0, isWaiting: false },
  ...fields,
});

/** The lines of a log, ten seconds apart, of a class that stands so and then so. */
function shown(...steps: readonly Partial<ClassProgress>[]): string[] {
  const progress = classProgress();
  for (const step of steps) {
    progress.at(at(step));
    vi.advanceTimersByTime(10_000);
  }
  progress.end();
  return written.split('\n');
}

it('tells the time left by what was graded in this run, not by what stood before', () => {
  const lines = shown({ done: 2, kept: 2 }, { done: 3, kept: 2 });
  expect(lines[0]).toBe(
    'submissions 2/6 proving isolation, reading fixtures, grading the first, 2 graded before',
  );
  expect(lines.at(1)).toBe(lines[0]);
  // One took ten seconds, three are left, and ten more seconds have passed.
  expect(lines[2]).toBe('submissions 3/6, about 20s left 360 an hour, 2 graded before');
});

it('tells no time left while nobody is there who could grade', () => {
  const lines = shown({}, { isWaiting: true }, { done: 1, isWaiting: false }, { done: 1, isWaiting: true });
  expect(lines.slice(2, 5)).toEqual([
    'submissions 0/6 waiting for a worker',
    expect.stringMatching(/^submissions 1\/6, about \S+ left 180 an hour$/) as string,
    'submissions 1/6 waiting for a worker',
  ]);
});

it('says that all stood', () => {
  expect(shown({ done: 6, kept: 6 })[0]).toBe('submissions 6/6 6 graded before');
});

it('says what is read before anything is graded, and how much of it was graded before', () => {
  const progress = classProgress();
  progress.reading({ read: 0, total: 6, kept: 0 });
  vi.advanceTimersByTime(10_000);
  progress.reading({ read: 2, total: 6, kept: 2 });
  vi.advanceTimersByTime(10_000);
  progress.reading({ read: 6, total: 6, kept: 5 });
  progress.at(at({ done: 5, kept: 5 }));
  progress.end();
  progress.step('results read', 0, 6);
  progress.end();
  expect(written.split('\n')).toEqual([
    'submissions read 0/6',
    'submissions read 0/6',
    'submissions read 2/6, about 10s left 2 graded before',
    'submissions read 6/6 5 graded before',
    `submissions 5/6 proving isolation, reading fixtures, grading the first, 5 graded before`,
    `submissions 5/6 proving isolation, reading fixtures, grading the first, 5 graded before`,
    'results read 0/6',
    'results read 0/6',
    '',
  ]);
});
