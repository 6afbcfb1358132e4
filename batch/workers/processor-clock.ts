import { readFileSync } from 'node:fs';
import { childrenOf } from '../../grader/sandbox/process-table.ts';

/** Of Linux on all machines that Node.js runs on. */
const TICKS_A_SECOND = 100;
/** What lives shorter and is waited for by nobody is not seen. */
const PERIOD_MS = 100;

interface Stat {
  /** Its own. */
  readonly ticks: number;
  /** Of its children that have ended and were waited for. */
  readonly waitedTicks: number;
  /** Tells it from a later process of the same number. */
  readonly started: string;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the program's name, may hold blanks and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const sum = (from: number): number => Number(fields[from]) + Number(fields[from + 1]);
    return { ticks: sum(11), waitedTicks: sum(13), started: fields[19] };
  } catch {
    return undefined;
  }
}

/**
 * Processor time of this process and all that it starts, while the clock runs. A sandbox is ended from its outermost
 * process on, so that nobody waits for the inner ones, and the kernel drops what they used: they are looked at while
 * they live. Off Linux only this process counts.
 */
export class ProcessorClock {
  /** What was last seen of each, and what it had used before. */
  readonly #seen = new Map<string, { before: number; now: number; gone: boolean }>();
  readonly #begin = statOf(process.pid);
  readonly #usage = process.cpuUsage();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#look(true);
    this.#timer = setInterval(() => this.#look(false), PERIOD_MS).unref();
  }

  /** Ends the clock. @returns seconds */
  stop(): number {
    clearInterval(this.#timer);
    this.#look(false);
    const end = statOf(process.pid);
    if (!end || !this.#begin) {
      const { user, system } = process.cpuUsage(this.#usage);
      return (user + system) / 1e6;
    }
    let [all, ended] = [0, 0];
    for (const { before, now, gone } of this.#seen.values()) {
      all += now - before;
      // Waiting adds all that it has used, also before the clock began.
      if (gone) ended += now;
    }
    // What was waited for beyond what was seen ended too soon to be seen.
    const unseen = Math.max(0, end.waitedTicks - this.#begin.waitedTicks - ended);
    return (end.ticks - this.#begin.ticks + all + unseen) / TICKS_A_SECOND;
  }

  #look(isFirst: boolean): void {
    for (const one of this.#seen.values()) one.gone = true;
    const visit = (pid: number): void => {
      for (const child of childrenOf(pid) ?? []) {
        const stat = statOf(child);
        if (!stat) continue;
        const key = `${child} ${stat.started}`;
        const known = this.#seen.get(key);
        if (known) Object.assign(known, { now: stat.ticks, gone: false });
        else this.#seen.set(key, { before: isFirst ? stat.ticks : 0, now: stat.ticks, gone: false });
        visit(child);
      }
    };
    visit(process.pid);
  }
}
