import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** The most threads that one process may be given. */
export const MAX_THREADS = 8;

const maxUseful = 4;
/** A threaded child reserves more memory; below this a container has none to spare. */
const roomyMemory = 1024 ** 3;
/** Systems count a core's time in ticks of some ten milliseconds: over fewer the cores look busy or idle by chance. */
const fewestMilliseconds = 100;

/** The number of cores that a container's quota amounts to (cgroup v2), Infinity without one. */
function quotaCores(): number {
  try {
    const [quota, period] = readFileSync('/sys/fs/cgroup/cpu.max', 'utf8').trim().split(' ').map(Number);
    return quota > 0 && period > 0 ? quota / period : Infinity;
  } catch {
    // Not Linux, another cgroup version, or unreadable here: no quota known.
    return Infinity;
  }
}

/** What other processes have had of all cores until now, in milliseconds, and when that was. */
interface OthersWork {
  readonly at: number;
  readonly milliseconds: number;
  readonly cores: number;
}

function workOfOthers(): OthersWork {
  const cores = cpus();
  const { user, system } = process.cpuUsage();
  const busy = cores.map(({ times }) => times.user + times.nice + times.sys + times.irq);
  return {
    at: performance.now(),
    milliseconds: busy.reduce((sum, time) => sum + time, 0) - (user + system) / 1000,
    cores: cores.length,
  };
}

let before = workOfOthers();

/** How many cores other processes left alone, on average since this was last asked or the module loaded. */
function freeCores(): number {
  const tooSoon = before.at + fewestMilliseconds - performance.now();
  if (tooSoon > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tooSoon);
  const now = workOfOthers();
  const busy = (now.milliseconds - before.milliseconds) / (now.at - before.at);
  before = now;
  return Math.round(now.cores - busy);
}

/**
 * How many threads one process may well use: every core up to 4 that other programs leave free at this moment, 1 where
 * the container has less than 1 GiB of memory or less than two cores' time. Threads wait by spinning, so more of them
 * than free cores make everything slower. May take a tenth of a second, in which it looks on.
 */
export function autoThreads(): number {
  const memory = process.constrainedMemory() as number | undefined;
  if (memory !== undefined && memory > 0 && memory < roomyMemory) return 1;
  const most = Math.min(maxUseful, availableParallelism(), Math.floor(quotaCores()));
  return Math.max(1, most === 1 ? 1 : Math.min(most, freeCores()));
}
