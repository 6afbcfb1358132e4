import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../repository.ts';
import { allPids, commandOf, readProcess } from '../../grader/sandbox/process-table.ts';

const START = join(ROOT, 'compiled/start.mjs');
const CLAIMS = '/run/introspection-grader';

/** A grader in a process of its own, with a temporary directory of its own. */
export interface Grader {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly stderr: () => string;
}

/** Starts a program of `programs/` in a temporary directory; its first argument is a directory inside of another. */
export function startGrader(options: {
  program: string;
  /** Where it makes its scratch directories. */
  temporary: string;
  /** Fresh, for assignment and results. */
  directory: string;
  args: readonly string[];
}): Grader {
  const { program, temporary, directory, args } = options;
  mkdirSync(directory, { recursive: true });
  const path = `tests/pipeline/programs/${program}`;
  const child = spawn(process.execPath, [START, path, directory, ...args], {
    env: { PATH: process.env.PATH, TMPDIR: temporary },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return { process: child, ended, stderr: () => said };
}

/** Pids of the sandboxed children that run below a temporary directory. */
export function childrenBelow(temporary: string): number[] {
  return allPids().filter((pid) => {
    const command = commandOf(pid);
    return command.includes(`${temporary}/`) && command.includes('/child/runner.mjs') && isAlive(pid);
  });
}

function isAlive(pid: number): boolean {
  const entry = readProcess(pid);
  return entry !== undefined && entry.state !== 'Z';
}

/** User ids that a grader holds. */
export function claimsOf(pid: number | undefined): string[] {
  return existsSync(CLAIMS) ? readdirSync(CLAIMS).filter((name) => name.split('.')[1] === String(pid)) : [];
}

/** @throws Error when it does not come true in time */
export async function until(what: string, isTrue: () => boolean, seconds = 45): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(20);
  }
}
