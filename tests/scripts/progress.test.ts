import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTrainingProgress } from '../../scripts/networks/training-progress.ts';
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
      expect.stringMatching(/^rounds 1\/4, \S+ left wasm$/) as string,
      'stock is slow',
      'rounds 4/4',
      '',
    ]);
  });

  it('has no time left of 60 seconds', () => {
    const progress = startProgress({ title: 'steps', total: 101 });
    vi.advanceTimersByTime(1180);
    progress.at(1);
    vi.advanceTimersByTime(10_000);
    progress.end();
    expect(written).toContain('steps 1/101, 2m0s left');
  });

  it('moves when no timer can go off', () => {
    const progress = startProgress({ title: 'steps', total: 3, from: 1 });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000);
    progress.at(2);
    expect(written).toMatch(/^steps 1\/3\nsteps 2\/3, \S+ left\n$/);
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
  [NaN, '?'],
])('of %s seconds the time left never has 60 of anything', (seconds, text) => {
  expect(timeText(seconds, 5)).toBe(text);
});

it('never shows 60 seconds or minutes in a log', () => {
  const texts = Array.from({ length: 20_000 }, (_, seconds) => timeText(seconds, 5));
  expect(texts.filter((text) => text.includes('60'))).toEqual([]);
});

describe('progress of a training', () => {
  it('shows the means of the last 25 steps', () => {
    const progress = startTrainingProgress('net', { steps: 60, from: 10 });
    for (let step = 11; step <= 60; step++) progress.at({ step, loss: step, accuracy: step > 35 ? 0.5 : 0 });
    progress.end();
    expect(written.split('\n').slice(0, 2)).toEqual(['net 10/60', 'net 60/60 loss 48.000, right 50.0%']);
  });
});
