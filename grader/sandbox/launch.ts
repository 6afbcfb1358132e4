import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { GraderError } from '../data/errors.ts';
import type { Ending, LaunchOptions, Limits, Sandbox, SandboxedProcess } from './sandbox.ts';
import { nodeFlags } from './node-flags.ts';
import { claimUid, releaseUid, reapUid } from './uid.ts';

const UTIL_LINUX = { prlimit: '/usr/bin/prlimit', setpriv: '/usr/bin/setpriv' };

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The strongest way of starting a stranger's code that this host offers. */
export function openSandbox(): Sandbox {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  const ownUid = root && executable(UTIL_LINUX.prlimit) && executable(UTIL_LINUX.setpriv);
  return {
    level: ownUid ? 'own-uid' : 'process',
    launch: (options) => launch(options, ownUid ? claimUid() : undefined),
  };
}

function limitFlags(limits: Limits): string[] {
  return [
    '--core=0',
    `--data=${limits.dataBytes}`,
    `--cpu=${limits.cpuSeconds}`,
    `--nproc=${limits.processes}`,
    `--fsize=${limits.fileBytes}`,
  ];
}

function commandLine(options: LaunchOptions, uid: number | undefined): [string, ...string[]] {
  const inner: string[] =
    options.kind === 'node' ? [process.execPath, ...nodeFlags(options), ...options.command] : [...options.command];
  if (uid === undefined) return inner as [string, ...string[]];
  const identity = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all'];
  return [UTIL_LINUX.prlimit, ...limitFlags(options.limits), UTIL_LINUX.setpriv, ...identity, '--', ...inner];
}

function launch(options: LaunchOptions, uid: number | undefined): SandboxedProcess {
  const [file, ...args] = commandLine(options, uid);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: {},
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const streams = child.stdio as unknown as [Writable, Readable, Readable, Readable];
  // A pipe to a process that has died reports EPIPE; how the process ended says more.
  for (const stream of streams) stream.on('error', () => undefined);
  const ended = endingOf(child);
  let destroyed: Promise<Ending> | undefined;
  const destroy = async (): Promise<Ending> => {
    killGroup(child);
    const ending = await ended;
    if (uid !== undefined) {
      await reapUid(uid);
      releaseUid(uid);
    }
    for (const stream of streams) stream.destroy();
    return ending;
  };
  return {
    stdin: streams[0],
    stdout: streams[1],
    stderr: streams[2],
    answers: streams[3],
    ended,
    destroy: () => (destroyed ??= destroy()),
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new GraderError('the child could not be started', { cause })));
    child.once('exit', (code, signal) =>
      resolve(signal ? { how: 'signal', signal } : { how: 'exit', code: code ?? 0 }),
    );
  });
}
