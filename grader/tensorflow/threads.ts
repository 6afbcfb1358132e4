import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { CoreWatch } from './core-watch.ts';

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

/** The cores that this process may have: no more than its container's quota, and one where memory is short. */
export function coresForUse(): number {
  const memory = process.constrainedMemory() as number | undefined;
  if (memory !== undefined && memory > 0 && memory < roomyMemory) return 1;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(quotaCores())));
}

/**
 * How many threads one process may well use: every core up to 4 that other programs leave free while `watch` looks on,
 * 1 where the container has less than 1 GiB of memory or less than two cores' time. Threads wait by spinning, so more of
 * them than free cores make everything slower.
 */
export async function autoThreads(watch?: CoreWatch): Promise<number> {
  const most = Math.min(maxUseful, coresForUse());
  if (most === 1) return 1;
  return Math.max(1, Math.min(most, await (watch ?? new CoreWatch()).freeCores()));
}
