import { spawn, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/**
 * The canary's program: runs where untrusted code would, without Node.js's permission flags, and tries to get
 * out. Its plan comes on descriptor 0; what it managed to do goes to descriptor 3, by threat. It does no harm:
 * signals are signal 0, files it writes are named by the plan's mark, processes it starts end by themselves.
 */
export interface Plan {
  readonly mark: string;
  readonly hidden: readonly string[];
  readonly other: readonly string[];
  readonly results: readonly string[];
  readonly writable: readonly string[];
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly unixSocket: string;
  readonly graderPid: number;
  /** `/proc/PID/cmdline` of the grader. */
  readonly graderCommand: string;
  /** An argument of `sleep`, in seconds, by which the daemon can be told. */
  readonly daemonSeconds: string;
  /** Use up one thing without bound instead of trying the rest. */
  readonly hog?: 'memory' | 'processor-time' | 'threads';
}

const ANSWERS = 3;
const NETWORK_PATIENCE_MS = 300;

type Outcome = string | undefined;

/** What `attempt` says it managed to do; an error means that it did not. */
function tryOut(attempt: () => Outcome): Outcome {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

const firstOf = (attempts: readonly (() => Outcome)[]): Outcome =>
  attempts.map(tryOut).find((outcome) => outcome !== undefined);

function read(path: string): Outcome {
  const names = statSync(path).isDirectory() ? readdirSync(path) : undefined;
  if (names === undefined) readFileSync(path);
  for (const name of names ?? []) if (statSync(join(path, name)).isFile()) readFileSync(join(path, name));
  return `read ${path}`;
}

function readBackdoors(path: string, grader: number): Outcome {
  return firstOf(['', '/proc/self/root', `/proc/${grader}/root`].map((root) => () => read(root + path)));
}

function write(directory: string, mark: string): Outcome {
  const path = join(directory, mark);
  writeFileSync(path, 'canary');
  return `wrote ${path}`;
}

function connect(target: net.NetConnectOpts, name: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = net.connect(target);
    const finish = (outcome: Outcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => finish(`connected to ${name}`));
    socket.once('error', () => finish(undefined));
    setTimeout(() => finish(undefined), NETWORK_PATIENCE_MS).unref();
  });
}

/** Sends a datagram; only its receiver knows whether it came. */
function sendDatagram(port: number, mark: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    const finish = (): void => {
      socket.close();
      resolve();
    };
    socket.once('error', finish);
    socket.send(mark, port, '127.0.0.1', finish);
  });
}

function startDaemon(seconds: string): Outcome {
  const daemon = spawn('/bin/sleep', [seconds], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 3],
  });
  daemon.on('error', () => undefined);
  daemon.unref();
  return daemon.pid === undefined ? undefined : 'started a process in a session of its own';
}

function becomeRoot(): Outcome {
  if (process.getuid?.() === 0) return 'is root';
  process.setuid?.(0);
  return 'became root';
}

function lookAtGrader({ graderPid, graderCommand }: Plan): Outcome {
  return readFileSync(`/proc/${graderPid}/cmdline`, 'latin1') === graderCommand
    ? "read the grader's command line"
    : undefined;
}

function startProcess(): Outcome {
  return spawnSync(process.execPath, ['--version']).status === 0 ? 'ran a program' : undefined;
}

async function attempts(plan: Plan): Promise<Record<string, Outcome>> {
  const { graderPid: grader } = plan;
  await sendDatagram(plan.udpPort, plan.mark).catch(() => undefined);
  return {
    'hidden-files': firstOf(plan.hidden.map((path) => () => readBackdoors(path, grader))),
    'other-files': firstOf(plan.other.map((path) => () => read(path))),
    results: firstOf(plan.results.map((directory) => () => write(directory, plan.mark))),
    writing: firstOf(plan.writable.map((directory) => () => write(directory, plan.mark))),
    network:
      (await connect({ port: plan.tcpPort, host: '127.0.0.1' }, 'a TCP port of this host')) ??
      (await connect({ path: plan.unixSocket }, 'a unix socket of this host')),
    signals: tryOut(() => (process.kill(grader, 0) ? 'may signal the grader' : undefined)),
    'grader-memory': firstOf([
      () => (readFileSync(`/proc/${grader}/environ`) ? `read /proc/${grader}/environ` : undefined),
      () => (readFileSync(`/proc/${grader}/maps`) ? `read /proc/${grader}/maps` : undefined),
    ]),
    'process-list': tryOut(() => lookAtGrader(plan)),
    environment: Object.keys(process.env).find((name) => name !== 'PWD'),
    privileges: tryOut(becomeRoot),
    processes: tryOut(startProcess),
    daemon: tryOut(() => startDaemon(plan.daemonSeconds)),
  };
}

/** Things that honest code needs. @throws where one does not work */
async function beHonest(): Promise<void> {
  readFileSync(process.argv[1]);
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
}

async function useUp(what: NonNullable<Plan['hog']>): Promise<never> {
  const held: unknown[] = [];
  for (;;) {
    if (what === 'memory') held.push(Buffer.alloc(8 * 1024 * 1024, 1));
    if (what === 'threads')
      held.push(new Worker('setTimeout(() => {}, 3000)', { eval: true }).on('error', () => {}));
    if (what !== 'processor-time') await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const plan = JSON.parse(readFileSync(0, 'utf8')) as Plan;
if (plan.hog) await useUp(plan.hog);
await beHonest();
writeSync(ANSWERS, JSON.stringify(await attempts(plan)));
process.exit(0);
