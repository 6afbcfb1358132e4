import { readdirSync, readFileSync, statSync } from 'node:fs';
import { endianness } from 'node:os';

/** One line of the process table (`/proc/PID/stat`). */
export interface ProcessEntry {
  readonly pid: number;
  /** `Z` for one that has ended and waits to be collected. */
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  readonly threads: number;
  readonly processorSeconds: number;
  /** Tells it from a later process of the same number. */
  readonly startTicks: number;
  readonly residentBytes: number;
}

/** The kernel counts time for user programs in hundredths of a second on every machine Node.js runs on. */
const TICKS_PER_SECOND = 100;
const AT_PAGESZ = 6;

function readPageSize(): number {
  try {
    const vector = readFileSync('/proc/self/auxv');
    const read = (at: number): number =>
      Number(endianness() === 'LE' ? vector.readBigUInt64LE(at) : vector.readBigUInt64BE(at));
    for (let at = 0; at + 16 <= vector.length; at += 16) if (read(at) === AT_PAGESZ) return read(at + 8);
  } catch {
    // No /proc: nothing will be read in pages either.
  }
  return 4096;
}

export const PAGE_BYTES = readPageSize();

/** The fields after the name, which may itself hold blanks and brackets. */
export function parseStat(pid: number, text: string): ProcessEntry {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (i: number): number => Number(fields[i]);
  return {
    pid,
    state: fields[0],
    parent: number(1),
    session: number(3),
    processorSeconds: (number(11) + number(12)) / TICKS_PER_SECOND,
    threads: number(17),
    startTicks: number(19),
    residentBytes: number(21) * PAGE_BYTES,
  };
}

/** A process, or nothing when there is none of this number (any more). */
export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return undefined;
  }
}

export function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/**
 * The children of a process, of all its threads. Exact while none of them ends meanwhile.
 * @returns undefined where the kernel keeps no such list; empty when the process has ended
 */
export function childrenOf(pid: number): number[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const list = readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').trim();
      return list === '' ? [] : list.split(' ').map(Number);
    });
  } catch {
    return readProcess(pid) ? undefined : [];
  }
}

/** The real user id of a process. One that has made itself undumpable seems to be root's by its directory's owner. */
function realUid(pid: number): number | undefined {
  try {
    return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  } catch {
    return undefined;
  }
}

/**
 * Processes of a user id that still live; those that only wait to be collected do not count.
 * @param owners trust the owner of a process's directory, which is quick and right where no process can hide it
 */
export function livingOf(uid: number, owners = false): ProcessEntry[] {
  const belongs = (pid: number): boolean => {
    const owner = ownerOf(pid);
    return owner === uid || (owner === 0 && !owners && realUid(pid) === uid);
  };
  return allPids()
    .filter(belongs)
    .map(readProcess)
    .filter((entry): entry is ProcessEntry => entry !== undefined && entry.state !== 'Z');
}

/** The real user ids under which anything runs, zombies included. */
export function uidsInUse(): Set<number> {
  return new Set(
    allPids()
      .map(realUid)
      .filter((uid) => uid !== undefined),
  );
}

function ownerOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
}

/** The command line of a process, its arguments ending in NUL; empty when there is none to see. */
export function commandOf(pid: number | 'self'): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
