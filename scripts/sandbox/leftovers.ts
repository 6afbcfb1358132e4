import { readdirSync, readFileSync } from 'node:fs';
import { allPids } from '../../grader/sandbox/process-table.ts';
import { MiB } from '../../grader/format/units.ts';

/** Places that everyone may write to. */
const SHARED = ['/tmp', '/var/tmp', '/dev/shm'];
/** Growth of the grader over the second half that is taken for noise. */
const NOISE_BYTES = 32 * MiB;

/** What is left of children, and what the grader itself holds. */
export interface Left {
  readonly processes: number;
  readonly claims: number;
  readonly scratch: number;
  readonly files: number;
  readonly descriptors: number;
  readonly handles: number;
}

function childrenOf(pid: number): number[] {
  return allPids().filter((one) => {
    try {
      const text = readFileSync(`/proc/${one}/stat`, 'latin1');
      // The grader's own bundler stays to serve.
      if (text.includes('(esbuild)')) return false;
      return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false;
    }
  });
}

/** @param mark part of the names of files that the attacks leave */
export function look(scratch: string, mark: string): Left {
  const claims = '/run/introspection-grader';
  const own = (name: string): boolean => name.split('.')[1] === String(process.pid);
  return {
    processes: childrenOf(process.pid).length,
    claims: process.getuid?.() === 0 ? readdirSync(claims).filter(own).length : 0,
    scratch: readdirSync(scratch).length,
    files: SHARED.flatMap((place) => readdirSync(place)).filter((name) => name.includes(mark)).length,
    descriptors: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().length,
  };
}

/** What was seen as text, and whether nothing was left and nothing grew. */
export function judge(seen: { memory: readonly number[]; first: Left; last: Left }): {
  text: string;
  clean: boolean;
} {
  const { memory, first, last } = seen;
  const quarter = Math.floor(memory.length / 4);
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const second = mean(memory.slice(quarter, 2 * quarter));
  const fourth = mean(memory.slice(-quarter));
  const grown = fourth - second;
  const nothingLeft = last.processes + last.claims + last.scratch + last.files === 0;
  const steady = last.descriptors <= first.descriptors && last.handles <= first.handles;
  const mebibytes = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;
  const text = [
    `left: ${last.processes} processes, ${last.claims} user ids, ${last.scratch} scratch directories, ${last.files} files`,
    `descriptors: ${first.descriptors} after the first, ${last.descriptors} after the last; handles: ${first.handles}, ${last.handles}`,
    `memory of the grader: ${mebibytes(second)} in the second quarter, ${mebibytes(fourth)} in the last (${mebibytes(grown)})`,
  ].join('\n');
  return { text, clean: nothingLeft && steady && grown < NOISE_BYTES };
}
