import { ProcessTree } from '../../../grader/sandbox/watchdog.ts';
import type { Allowance, Limiter, Usage } from './limiter.ts';

const PERIOD_MS = 100;

/**
 * An approximation where control groups are not available: all processes share the allowed processors, rounded up, are
 * stopped for the part of each tenth of a second that is not theirs, and the largest is killed when together they hold
 * more memory than allowed. Coarser than the kernel: a burst between two samples is missed.
 */
export function throttle({ cpu, memoryBytes }: Allowance): Limiter {
  const cores = Math.max(1, Math.ceil(cpu));
  const share = Math.min(1, cpu / cores);
  let tree: ProcessTree | undefined;
  let timer: NodeJS.Timeout | undefined;
  let peakBytes = 0;
  let processorSeconds = 0;
  let outOfMemory = false;
  let over = false;
  const signal = (name: NodeJS.Signals): void => {
    for (const { pid } of tree?.living() ?? []) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended.
      }
    }
  };
  const measure = (): void => {
    tree?.search();
    const living = tree?.living() ?? [];
    const held = living.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    peakBytes = Math.max(peakBytes, held);
    processorSeconds = Math.max(
      processorSeconds,
      living.reduce((sum, entry) => sum + entry.processorSeconds, 0),
    );
    if (held > memoryBytes) {
      outOfMemory = true;
      const [largest] = living.toSorted((a, b) => b.residentBytes - a.residentBytes);
      process.kill(largest.pid, 'SIGKILL');
    }
  };
  const rest = (): void => {
    if (over) return;
    measure();
    if (share < 1) signal('SIGSTOP');
    timer = setTimeout(work, PERIOD_MS * (1 - share));
  };
  const work = (): void => {
    if (over) return;
    if (share < 1) signal('SIGCONT');
    timer = setTimeout(rest, PERIOD_MS * share);
  };
  const list = cores === 1 ? '0' : `0-${cores - 1}`;
  return {
    kind: 'stop and continue, watched memory (an approximation)',
    join: `taskset --pid --cpu-list ${list} $$ >/dev/null`,
    visible: [],
    watch(pid) {
      tree = new ProcessTree(pid);
      work();
    },
    stop(): Usage {
      over = true;
      clearTimeout(timer);
      signal('SIGCONT');
      return { peakBytes, processorSeconds, outOfMemory };
    },
  };
}
