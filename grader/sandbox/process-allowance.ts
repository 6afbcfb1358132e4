import { readFileSync } from 'node:fs';
import { GraderError } from '../format/errors.ts';

/** How many processes and threads together a container may have, as `docker run --pids-limit` says. */
export interface ProcessAllowance {
  readonly most: number;
  readonly running: number;
}

/** A grader that does one thing at a time, with Node.js's smallest processes, needs fewer than a hundred. */
const PLENTY = 100;
/** One child, what starts it, and a thread that watches how long a file is read. */
const LEAST = 12;

/** Where the kernel keeps the count of a control group: version 2, then version 1; seen from inside of a container, or not. */
function candidates(): string[] {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
  const pathOf = (controller: string): string | undefined =>
    lines.find(([, names]) => names?.split(',').includes(controller))?.[2];
  const [unified, own] = [pathOf(''), pathOf('pids')];
  return [
    ...(own === undefined ? [] : [`/sys/fs/cgroup/pids${own}`]),
    ...(unified === undefined ? [] : [`/sys/fs/cgroup${unified}`]),
    '/sys/fs/cgroup/pids',
    '/sys/fs/cgroup',
  ];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return undefined;
  }
}

/** Undefined where the kernel knows of no limit. */
export function processAllowance(): ProcessAllowance | undefined {
  for (const folder of candidates()) {
    const [most, running] = ['pids.max', 'pids.current'].map((name) => Number(read(`${folder}/${name}`)));
    if (most > 0 && running > 0) return { most, running };
  }
  return undefined;
}

/** @throws GraderError where not even one child could be started, and Node.js itself might abort */
export function requireProcesses(): void {
  const allowance = processAllowance();
  if (allowance === undefined || allowance.most - allowance.running >= LEAST) return;
  throw new GraderError(tooFewProcesses());
}

/** For staff. */
export function tooFewProcesses(): string {
  const allowance = processAllowance();
  const count = allowance ? `${allowance.most}, of which ${allowance.running} run now` : 'a limited number';
  return `this container may have too few processes and threads (${count}): allow 64 or more, as by docker run --pids-limit 64`;
}

/** Whether this container has so few processes and threads left that several children at once could be too many. */
export function processesAreFew(): boolean {
  const allowance = processAllowance();
  return allowance !== undefined && allowance.most - allowance.running < PLENTY;
}
