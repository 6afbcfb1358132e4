import { afterEach, describe, expect, it } from 'vitest';
import { untilAskedToEnd, type AskedToEnd } from '../../scripts/class/asked-to-end.ts';

describe('a process that is asked to end', () => {
  let asked: AskedToEnd | undefined;
  let time = 0;
  let firsts = 0;
  const listen = (): AskedToEnd =>
    (asked = untilAskedToEnd({ onFirst: () => void firsts++, now: () => time }));
  const signalAt = (at: number, signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): void => {
    time = at;
    process.emit(signal);
  };
  afterEach(() => {
    asked?.done();
    firsts = 0;
  });

  it('drains though npm signals it once more at once, and stops when it is asked again', () => {
    const { drain, stop } = listen();
    signalAt(5000);
    signalAt(5001);
    signalAt(5999, 'SIGTERM');
    expect([drain.aborted, stop.aborted, firsts]).toEqual([true, false, 1]);
    signalAt(6000);
    expect([stop.aborted, firsts]).toEqual([true, 1]);
  });

  it('listens no longer than it has to', () => {
    const before = process.listenerCount('SIGINT');
    const { done } = listen();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    done();
    expect(process.listenerCount('SIGINT')).toBe(before);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
