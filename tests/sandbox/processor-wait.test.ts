import { readFile } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  longestWait,
  processorWaits,
  startFairTimer,
  type ProcessorWaits,
} from '../../grader/sandbox/processor-wait.ts';

describe('the longest wait of a thread', () => {
  it('is what one thread waited since, not the sum of those beside each other', () => {
    const before: ProcessorWaits = new Map([
      ['7/7', 1],
      ['7/8', 5],
    ]);
    const now: ProcessorWaits = new Map([
      ['7/7', 3],
      ['7/8', 6],
      ['7/9', 1.5],
    ]);
    expect(longestWait(before, now)).toBe(2);
  });

  it('is 0 where nothing is counted', () => {
    expect(longestWait(new Map(), new Map())).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('the waits of a process', () => {
  it('are told for each of its threads', () => {
    const waits = processorWaits([process.pid]);
    expect(waits.size).toBeGreaterThan(1);
    expect(waits.get(`${process.pid}/${process.pid}`)).toBeGreaterThanOrEqual(0);
  });

  it('are none for one that has ended', () => {
    expect(processorWaits([5_000_000]).size).toBe(0);
  });
});

describe('a fair timer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** @param share of its time in which the process waits for a processor */
  function start(
    seconds: number,
    share: number,
  ): { endedAfter: () => number | undefined; stop: () => number } {
    const begin = performance.now();
    let ended: number | undefined;
    const elapsed = (): number => (performance.now() - begin) / 1000;
    const stop = startFairTimer(
      seconds,
      () => new Map([['1/1', 100 + share * elapsed()]]),
      () => (ended = elapsed()),
    );
    return { endedAfter: () => ended, stop };
  }

  it('ends what always had a processor when its seconds are over', () => {
    const { endedAfter } = start(10, 0);
    vi.advanceTimersByTime(9_990);
    expect(endedAfter()).toBeUndefined();
    vi.advanceTimersByTime(20);
    expect(endedAfter()).toBeCloseTo(10, 1);
  });

  it('gives what had one half of the time nearly twice as long', () => {
    const { endedAfter } = start(10, 0.5);
    vi.advanceTimersByTime(100_000);
    expect(endedAfter()).toBeGreaterThan(19.5);
    expect(endedAfter()).toBeLessThan(20.1);
  });

  it('gives nothing four times its seconds', () => {
    const { endedAfter } = start(10, 0.99);
    vi.advanceTimersByTime(39_900);
    expect(endedAfter()).toBeUndefined();
    vi.advanceTimersByTime(200);
    expect(endedAfter()).toBeCloseTo(40, 1);
  });

  it('never ends what was stopped, and says what was waited since its first look', () => {
    const { endedAfter, stop } = start(10, 0.5);
    vi.advanceTimersByTime(2_250);
    expect(stop()).toBeCloseTo(1, 5);
    vi.advanceTimersByTime(100_000);
    expect(endedAfter()).toBeUndefined();
  });

  it('looks at no process whose answer comes at once', () => {
    const waits = vi.fn(() => new Map<string, number>());
    const stop = startFairTimer(10, waits, () => undefined);
    vi.advanceTimersByTime(200);
    expect(stop()).toBe(0);
    expect(waits).not.toHaveBeenCalled();
  });
});

describe('a fair timer of a process that stood still itself', () => {
  const standStill = (milliseconds: number): unknown =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

  it('has what came meanwhile read before it ends anything', async () => {
    const onEnd = vi.fn();
    const answered = new Promise<void>((resolve) => {
      const stop = startFairTimer(0.2, () => new Map(), onEnd);
      readFile('/dev/null', () => {
        stop();
        resolve();
      });
    });
    standStill(600);
    await answered;
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('ends what has not answered then', async () => {
    const ended = new Promise<void>((resolve) => void startFairTimer(0.1, () => new Map(), resolve));
    standStill(400);
    await ended;
  });
});
