import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** Where the kernel says what a container may use: version 2 of control groups, then version 1. */
const MEMORY_FILES = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];

/** Bytes of memory that this container, or else this machine, has. */
export function containerMemory(): number {
  const limits = MEMORY_FILES.map((path) => {
    try {
      return Number(readFileSync(path, 'latin1'));
    } catch {
      return Number.NaN;
    }
  });
  return Math.min(totalmem(), ...limits.filter((limit) => limit > 0));
}
