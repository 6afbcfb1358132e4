import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTrainingProgress } from '../../scripts/networks/training-progress.ts';
import { paceOf } from '../../scripts/terminal/pace.ts';
import { startProgress, timeText } from '../../scripts/terminal/progress.ts';

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

describe('progress in a log', () => {
  it('is a line at the beginning, at the end, and every ten seconds, with the time left', () => {
    const progress = startProgress({ title: 'rounds', total: 4 });
    progress.at(1, 'wasm');
    vi.advanceTimersByTime(10_000);
    progress.at(2, 'stock');
    progress.note('stock is slow');
    progress.at(4);
    progress.end();
    expect(written.split('\n')).toEqual([
      'rounds 0/4',
      expect.stringMatching(/^rounds 1\/4, about \S+ left wasm$/) as string,
      'stock is slow',
      'rounds 4/4',
      '',
    ]);
  });

  it('has no time left of 60 seconds', () => {
    const progress = startProgress({ title: 'steps', total: 64 });
    vi.advanceTimersByTime(10_000);
    // 59 are left, of two seconds each.
    progress.at(5);
    progress.end();
    expect(written).toContain('steps 5/64, about 2m0s left');
  });

  it('moves when no timer can go off', () => {
    const progress = startProgress({ title: 'steps', total: 3, from: 1 });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000);
    progress.at(2);
    expect(written).toMatch(/^steps 1\/3\nsteps 2\/3, about \S+ left\n$/);
    progress.end();
  });
});

describe('progress on a terminal', () => {
  /** What stood in the line last, `seconds` later. */
  function lineAfter(seconds: number): string {
    written = '';
    vi.advanceTimersByTime(1000 * seconds);
    // What moves the cursor and clears the line.
    return written.split(/\u001B\[[\d;]*[A-Za-z]/).findLast((text) => text.trim() !== '') ?? '';
  }
  const onTerminal = (columns: number) => {
    process.stderr.isTTY = true;
    process.stderr.columns = columns;
  };
  const before = process.stderr.columns;
  afterEach(() => void (process.stderr.columns = before));
  const BAR = / [=-]+/g;

  it('moves each second, also before the first step is done', () => {
    onTerminal(200);
    const progress = startProgress({ title: 'steps', total: 8, detail: 'getting ready' });
    expect(lineAfter(1).replace(BAR, '')).toBe('steps 0/8, 1s so far getting ready');
    expect(lineAfter(1).replace(BAR, '')).toBe('steps 0/8, 2s so far getting ready');
    expect(lineAfter(63).replace(BAR, '')).toBe('steps 0/8, 1m5s so far getting ready');
    progress.end();
  });

  it('counts the time left down, and up while a step takes longer than those before', () => {
    onTerminal(200);
    const progress = startProgress({ title: 'steps', total: 8 });
    lineAfter(30);
    progress.at(1);
    expect(lineAfter(1)).toContain('1/8, 31s so far, about 3m30s left');
    expect(lineAfter(20)).toContain('1/8, 51s so far, about 3m10s left');
    expect(lineAfter(40)).toContain('1/8, 1m31s so far, about 4m35s left');
    progress.at(8);
    expect(lineAfter(1).replace(BAR, '')).toBe('steps 8/8, in 1m32s');
    progress.end();
  });

  it.each([
    [
      200,
      /^submissions [=-]{24} 3\/8, 1m30s so far, about 2m30s left a long explanation of what is at work$/,
    ],
    [80, /^submissions [=-]{12} 3\/8, 1m30s so far, about 2m30s left a long explanatio…$/],
    [60, /^submissions 3\/8, 1m30s so far, about 2m30s left a long exp…$/],
    [50, /^submissions 3\/8, 1m30s so far, about 2m30s left$/],
    [40, /^3\/8, 1m30s so far, about 2m30s left a …$/],
  ])('keeps its numbers in %s columns', (columns, shown) => {
    onTerminal(columns);
    const progress = startProgress({ title: 'submissions', total: 8 });
    vi.advanceTimersByTime(90_000);
    progress.at(3, 'a long explanation of what is at work');
    const line = lineAfter(0.2);
    expect(line).toMatch(shown);
    expect(line.length).toBeLessThan(columns);
    progress.end();
  });
});

it.each([
  [0, '0s'],
  [7, '7s'],
  [57, '55s'],
  [58, '1m0s'],
  [118, '2m0s'],
  [92, '1m30s'],
  [3598, '1h0m'],
  [3599 + 58 * 60, '2h0m'],
  [3600 * 25 + 60 * 12, '25h10m'],
])('of %s seconds the time left never has 60 of anything', (seconds, text) => {
  expect(timeText(seconds, 5)).toBe(text);
});

it('never shows 60 seconds or minutes in a log', () => {
  const texts = Array.from({ length: 20_000 }, (_, seconds) => timeText(seconds, 5));
  expect(texts.filter((text) => text.includes('60'))).toEqual([]);
});

it('tells the time left of a last, short step until it should be over, and none from then on', () => {
  let now = 0;
  const pace = paceOf({ from: 0, total: 10 }, () => now);
  now = 8000;
  pace.at(8);
  // Two of ten are left, at one a second.
  now = 9000;
  expect(pace.left()).toBe(1);
  for (now of [10_000, 12_000, 16_000, 30_000]) expect(pace.left()).toBeUndefined();
});

describe('progress of a training', () => {
  it('shows the means of the last 25 steps', () => {
    const progress = startTrainingProgress('net', { steps: 60, from: 10 });
    for (let step = 11; step <= 60; step++) progress.at({ step, loss: step, accuracy: step > 35 ? 0.5 : 0 });
    progress.end();
    expect(written.split('\n').slice(0, 2)).toEqual(['net 10/60', 'net 60/60 loss 48.000, right 50.0%']);
  });
});
