import { tmpdir } from 'node:os';
import { processesAreFew, tooFewProcesses } from './process-allowance.ts';

/** What is said by or for a program that was refused something, and what staff can do about it. */
const FAULTS: readonly { readonly says: RegExp; readonly remedy: () => string }[] = [
  {
    says: /Permission denied|Operation not permitted|EACCES|EPERM/,
    remedy: () =>
      `its file system may be mounted noexec, or a folder above it closed to other users: set TMPDIR (now ${tmpdir()}) to a folder that is mounted exec and that every user may enter`,
  },
  // The last two are how Node.js and Go say that they got no thread.
  {
    says: /Resource temporarily unavailable|EAGAIN|uv_thread_create|failed to create new OS thread/,
    remedy: tooFewProcesses,
  },
  {
    says: /Read-only file system|EROFS/,
    remedy: () =>
      `its file system is read-only: set TMPDIR (now ${tmpdir()}) to a folder that can be written to`,
  },
  {
    says: /Cannot allocate memory|ENOMEM/,
    remedy: () => 'memory ran out: give the container more, or grade fewer parts at once (--jobs 1)',
  },
  {
    says: /No such file or directory|ENOENT/,
    remedy: () => 'it, or a loader that it needs, is not there: run npm ci, or setup.sh, again',
  },
];

/**
 * Why a program of ours did not start, for staff: what was said, and what to change where that is known.
 * @param said what the system, the launcher or the program's own runtime said
 */
export function hostFault(program: string, said: string): string {
  const text =
    said.trim().replace(`${program}: `, '').split('\n').slice(0, 3).join(' ').slice(0, 400) ||
    'no reason was given';
  const remedy =
    FAULTS.find(({ says }) => says.test(said))?.remedy ?? (processesAreFew() ? tooFewProcesses : undefined);
  return `${program} does not start in the sandbox: ${text}${remedy ? `; ${remedy()}` : ''}`;
}

/** Whether a program ended because this machine gave it no thread. */
export function lacksThreads(said: string): boolean {
  return /^(?:runtime: )?failed to create new OS thread|^runtime\/cgo: pthread_create failed/m.test(said);
}
