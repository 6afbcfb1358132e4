import { readdirSync, readFileSync } from 'node:fs';

/** A time limit stretches to so many times itself where the host gives a process no processor. */
const MOST_STRETCH = 4;
/** A limit is not looked at again sooner, however little is left of it. */
const SHORTEST_LOOK_MS = 20;
/** Most calls are over before, and cost no look at all; what is waited until then does not count. */
const FIRST_LOOK_MS = 250;

/** For how long each thread was ready to run and had no processor, seconds, by `PID/TID`. */
export type ProcessorWaits = ReadonlyMap<string, number>;

/**
 * How long the threads of processes have waited for a processor (`/proc/PID/task/TID/schedstat`), since their start.
 * Empty where the kernel does not count it.
 */
export function processorWaits(pids: readonly number[]): ProcessorWaits {
  const waits = new Map<string, number>();
  for (const pid of pids) {
    for (const thread of threadsOf(pid)) {
      try {
        const [, nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ');
        waits.set(`${pid}/${thread}`, Number(nanoseconds) / 1e9);
      } catch {
        // It has ended meanwhile, or the kernel does not count.
      }
    }
  }
  return waits;
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The longest that any one thread has waited since, seconds: what they waited beside each other counts once. */
export const longestWait = (before: ProcessorWaits, now: ProcessorWaits): number =>
  Math.max(0, ...[...now].map(([thread, seconds]) => seconds - (before.get(thread) ?? 0)));

/**
 * Calls back when a process has had its time: `seconds` of the clock, and as many more as it was ready to run while the
 * host ran others, up to four times the limit. What sleeps or computes without end has its seconds and no more. Nor does
 * time count in which this process came too late to look: what it was sent meanwhile is still to be read.
 * @param waits as they are now, of the process and what it has started
 * @returns how to stop the clock, which says how long was waited, seconds
 */
export function startFairTimer(
  seconds: number,
  waits: () => ProcessorWaits,
  onEnd: () => void,
): () => number {
  let begin = performance.now();
  let before: ProcessorWaits | undefined;
  const waited = (): number => (before ? longestWait(before, waits()) : 0);
  /** @param isLast whether an answer that this process was too late to read would have been read by then */
  const lookIn = (milliseconds: number, isLast = false): NodeJS.Timeout => {
    const due = performance.now() + milliseconds;
    return setTimeout(() => {
      const late = Math.max(0, performance.now() - due);
      begin += late;
      look(late > SHORTEST_LOOK_MS && !isLast);
    }, milliseconds);
  };
  const look = (mayHaveAnswered: boolean): void => {
    const most = Math.min(seconds + waited(), MOST_STRETCH * seconds);
    const left = most * 1000 - (performance.now() - begin);
    if (left > 0) {
      before ??= waits();
      timer = lookIn(Math.max(left, SHORTEST_LOOK_MS));
    } else if (mayHaveAnswered) timer = lookIn(FIRST_LOOK_MS, true);
    else onEnd();
  };
  let timer = lookIn(Math.min(FIRST_LOOK_MS, seconds * 1000));
  return () => {
    clearTimeout(timer);
    return waited();
  };
}
