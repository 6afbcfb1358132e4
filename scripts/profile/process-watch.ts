import { readFileSync } from 'node:fs';
import { RUNNER } from '../../grader/child/build.ts';
import { SCRIPT as CANARY } from '../../grader/sandbox/canary/cage.ts';
import { commandOf, readProcess } from '../../grader/sandbox/process-table.ts';
import { ProcessTree } from '../../grader/sandbox/watchdog.ts';

const PERIOD_MS = 10;

/** What a process of a grading is there for. */
export type Role = 'engine' | 'child' | 'type check' | 'bundler' | 'canary' | 'starting others';

/** One process as it was seen last. */
export interface WatchedProcess {
  readonly pid: number;
  readonly role: Role;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Hundredths of a second, as the kernel counts them. */
  readonly processorSeconds: number;
  readonly peakBytes: number;
}

/** What starts a program carries its name in its own arguments: the executable that runs decides. */
function roleOf(pid: number): Role | undefined {
  const command = commandOf(pid);
  // It is ending.
  if (command === '') return undefined;
  const [program = ''] = command.split('\0');
  if (/bwrap$|launcher|prlimit$|setpriv$|unshare$/.test(program)) return 'starting others';
  if (command.includes(RUNNER)) return 'child';
  if (command.includes(CANARY)) return 'canary';
  if (/esbuild(?:\.exe)?$/.test(program)) return 'bundler';
  if (/\btsc(?:\.exe|\.js)?\0/.test(command)) return 'type check';
  return 'starting others';
}

/** Watches a process with all its descendants until it is told to stop. What lives shorter than 10 ms may be missed. */
export class ProcessWatch {
  readonly #tree: ProcessTree;
  readonly #root: number;
  readonly #seen = new Map<number, WatchedProcess>();
  readonly #timer: NodeJS.Timeout;

  constructor(root: number) {
    this.#root = root;
    this.#tree = new ProcessTree(root);
    this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  /** @returns all that were seen */
  stop(): WatchedProcess[] {
    clearInterval(this.#timer);
    return [...this.#seen.values()];
  }

  #look(): void {
    this.#tree.descend();
    const now = Date.now();
    for (const { pid, processorSeconds, residentBytes } of this.#tree.living()) {
      const before = this.#seen.get(pid);
      this.#seen.set(pid, {
        pid,
        // A process begins as a copy of what starts it, and may become another program more than once.
        role: pid === this.#root ? 'engine' : (roleOf(pid) ?? before?.role ?? 'starting others'),
        from: before?.from ?? now,
        to: now,
        processorSeconds,
        peakBytes: Math.max(before?.peakBytes ?? 0, residentBytes),
      });
    }
  }
}

/** Whether this system can tell: the lists of children are Linux's. */
export function canWatch(): boolean {
  if (process.platform !== 'linux' || readProcess(process.pid) === undefined) return false;
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1') !== undefined;
  } catch {
    return false;
  }
}
