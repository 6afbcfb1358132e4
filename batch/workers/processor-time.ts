import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux on all machines that Node.js runs on. */
const TICKS_A_SECOND = 100;

interface Spent {
  readonly parent: number;
  /** Its own, and that of its children that ended and were waited for. */
  readonly ticks: number;
}

function spentBy(pid: number): Spent | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the program's name, may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0),
    };
  } catch {
    return undefined;
  }
}

/**
 * Processor time of this process and all that it started, directly or not, seconds: what ended and was waited for, and
 * what lives. What ended without anybody waiting for it is lost to every program. Off Linux this process alone.
 */
export function processorSeconds(): number {
  const own = spentBy(process.pid);
  if (!own) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  const others = readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .flatMap((pid) => {
      const spent = spentBy(pid);
      return spent ? [{ pid, ...spent }] : [];
    });
  const family = new Set([process.pid]);
  let ticks = own.ticks;
  for (let grew = true; grew;) {
    grew = false;
    for (const one of others) {
      if (family.has(one.pid) || !family.has(one.parent)) continue;
      family.add(one.pid);
      ticks += one.ticks;
      grew = true;
    }
  }
  return ticks / TICKS_A_SECOND;
}
