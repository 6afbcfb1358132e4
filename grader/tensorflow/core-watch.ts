import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';

/** Of the clock by which Linux counts what cores do. */
const TICK_MS = 10;
/** Over less than some ticks, cores look busy or idle by chance. */
const FEWEST_MS = 100;

/** The cores that this process may use, by their numbers; undefined where the system does not say. */
function allowedCores(): ReadonlySet<number> | undefined {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  const numbers = list?.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return numbers && new Set(numbers);
}

/** Milliseconds that each core that this process may use has computed since the system started, by whomever. */
function busyTimes(): number[] {
  if (process.platform !== 'linux') {
    return cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq);
  }
  try {
    // os.cpus() also asks each core for its frequency, which takes some processors long.
    const allowed = allowedCores();
    const lines = readFileSync('/proc/stat', 'utf8').matchAll(/^cpu(\d+) (.*)$/gm);
    return [...lines].flatMap(([, core, times]) => {
      if (allowed && !allowed.has(Number(core))) return [];
      const [user, nice, system, , , irq, softIrq] = times.split(' ').map(Number);
      return [(user + nice + system + irq + softIrq) * TICK_MS];
    });
  } catch {
    // No /proc here.
    return [];
  }
}

/** What other processes have had of these cores until now, in milliseconds. */
interface OthersWork {
  readonly at: number;
  readonly milliseconds: number;
  readonly cores: number;
}

function workOfOthers(): OthersWork {
  const times = busyTimes();
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    milliseconds: times.reduce((sum, time) => sum + time, 0) - (user + system) / 1000,
    cores: times.length,
  };
}

/** Looks on, from now until it is asked, how much of the cores other processes take. */
export class CoreWatch {
  private readonly before = workOfOthers();

  /** How many cores they left free; takes until a tenth of a second has passed since the watch began. */
  async freeCores(): Promise<number> {
    const left = this.before.at + FEWEST_MS - performance.now();
    if (left > 0) await setTimeout(left);
    const now = workOfOthers();
    if (now.cores === 0) return availableParallelism();
    const busy = (now.milliseconds - this.before.milliseconds) / (now.at - this.before.at);
    return Math.round(now.cores - busy);
  }
}
