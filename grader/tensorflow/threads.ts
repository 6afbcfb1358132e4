import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** The most threads that one process may be given. */
export const MAX_THREADS = 8;

const maxUseful = 4;
/** A threaded child reserves more memory; below this a container has none to spare. */
const roomyMemory = 1024 ** 3;

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

/**
 * How many threads one process may well use: every core up to 4 that was free in the last minute (Windows does not
 * say), 1 where the container has less than 1 GiB of memory or less than two cores' time. Threads wait by spinning,
 * so more of them than free cores make everything slower.
 */
export function autoThreads(): number {
  const memory = process.constrainedMemory() as number | undefined;
  if (memory !== undefined && memory > 0 && memory < roomyMemory) return 1;
  const free = availableParallelism() - Math.round(loadavg()[0]);
  return Math.max(1, Math.min(maxUseful, free, Math.floor(quotaCores())));
}
