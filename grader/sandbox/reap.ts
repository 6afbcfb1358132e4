import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraderError } from '../format/errors.ts';
import type { Layers } from './layers.ts';
import { livingOf, readProcess, type ProcessEntry } from './process-table.ts';

const PATIENCE_MS = 15_000;

function killerOf(uid: number, { launcher, utilLinux }: Layers): string[] {
  if (launcher) return [...launcher.command, 'uid', String(uid), 'reap'];
  if (!utilLinux) throw new GraderError(`nothing to end the processes of user id ${uid} with`);
  const who = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  return [utilLinux.setpriv, ...who, '--', '/bin/sh', '-c', 'kill -9 -1'];
}

/**
 * Ends every process of a user id that the caller owns alone. The signal is sent by a process of that very id to
 * all it may reach, which the kernel does in one sweep, so that nothing can outrun it by starting again.
 * @throws GraderError when something lives on
 */
export async function reapUid(uid: number, layers: Layers): Promise<void> {
  // Where no process can start another or hide its owner, there is none that a quick look could miss.
  if (layers.filter && livingOf(uid, true).length === 0) return;
  const deadline = Date.now() + PATIENCE_MS;
  do {
    const [file, ...args] = killerOf(uid, layers);
    await once(spawn(file, args, { stdio: 'ignore', env: {} }), 'exit');
    if (livingOf(uid).length === 0) return;
    await sleep(2);
  } while (Date.now() < deadline);
  const left = livingOf(uid).map(({ pid }) => pid);
  throw new GraderError(`processes of user id ${uid} cannot be ended: ${left.join(', ')}`);
}

/** Like {@link reapUid}, once and without waiting to see: for ids left by a dead grader, or when dying oneself. */
export function reapUidNow(uid: number, layers: Layers): void {
  const [file, ...args] = killerOf(uid, layers);
  spawnSync(file, args, { stdio: 'ignore', env: {}, timeout: PATIENCE_MS });
}

/** Sends SIGKILL to a process unless it is gone. Its start tells it from a later process of the same number. */
export function killProcess({ pid, startTicks }: ProcessEntry): void {
  if (readProcess(pid)?.startTicks !== startTicks) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: it has become another user's, as a helper of bubblewrap does.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/**
 * Ends these processes and waits until they are gone.
 * @throws GraderError when one lives on
 */
export async function reapProcesses(entries: readonly ProcessEntry[]): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const alive = (): ProcessEntry[] =>
    entries.filter((entry) => {
      const now = readProcess(entry.pid);
      return now !== undefined && now.startTicks === entry.startTicks && now.state !== 'Z';
    });
  for (let left = alive(); left.length > 0; left = alive()) {
    for (const entry of left) killProcess(entry);
    if (Date.now() > deadline) {
      throw new GraderError(`processes cannot be ended: ${left.map(({ pid }) => pid).join(', ')}`);
    }
    await sleep(2);
  }
}
