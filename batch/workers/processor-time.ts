import { readFileSync } from 'node:fs';

/** Of Linux on all machines that Node.js runs on. */
const TICKS_A_SECOND = 100;

/** Processor time of this process and all its children that have ended, seconds; without the children off Linux. */
export function processorSeconds(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The second field, the program's name, may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return ticks / TICKS_A_SECOND;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}
