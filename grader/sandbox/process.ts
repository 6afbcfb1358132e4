import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraderError } from '../format/errors.ts';
import { commandLine } from './command-line.ts';
import { levelOf, type Layers } from './layers.ts';
import { removeLeftovers } from './leftovers.ts';
import { processorWaits, type ProcessorWaits } from './processor-wait.ts';
import { killProcess, reapProcesses, reapUid } from './reap.ts';
import type { Ending, LaunchOptions, SandboxedProcess } from './sandbox.ts';
import type { UidClaim } from './uid-claim.ts';
import type { Watch, Watchdog } from './watchdog.ts';

const PATIENCE_MS = 15_000;
/** How long the launcher's line may take to arrive after the process it tells of has ended. */
const REPORT_DELAY_MS = 100;
const STARTED = 'started\n';
const SIGNAL_EXIT = 128;

export interface RunningProcessOptions {
  readonly options: LaunchOptions;
  readonly layers: Layers;
  /** The user id it runs under, if it has one of its own. */
  readonly claim: UidClaim | undefined;
  readonly watchdog: Watchdog;
  /** Called when nothing of it is left. */
  readonly onGone: () => void;
}

/** One launched child, from its start until nothing of it is left. */
export class RunningProcess implements SandboxedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly answers: Readable;
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  readonly #options: LaunchOptions;
  readonly #layers: Layers;
  readonly #claim: UidClaim | undefined;
  readonly #onGone: () => void;
  /** Undefined where the system has no table of processes to look at. */
  readonly #watch: Watch | undefined;
  /** Why the grader ended it, if it did. */
  #reason: Ending | undefined;
  #hasExited = false;
  #destroyed: Promise<Ending> | undefined;

  constructor({ options, layers, claim, watchdog, onGone }: RunningProcessOptions) {
    this.#options = options;
    this.#layers = layers;
    this.#claim = claim;
    this.#onGone = onGone;
    const [file, ...args] = commandLine(options, layers, claim?.uid);
    const reports = layers.launcher !== undefined;
    this.#child = spawn(file, args, {
      // Bubblewrap changes the directory itself, to one of its own file tree.
      cwd: options.cwd,
      env: {},
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: Array.from({ length: reports ? 5 : 4 }, () => 'pipe' as const),
    });
    const streams = this.#streams();
    [this.stdin, this.stdout, this.stderr, this.answers] = streams as [
      Writable,
      Readable,
      Readable,
      Readable,
    ];
    // A pipe to a process that has died reports EPIPE; how the process ended says more.
    for (const stream of streams) stream.on('error', () => undefined);
    this.ended = this.#follow(reports ? lineFrom(streams[4] as Readable) : undefined);
    const { pid } = this.#child;
    this.#watch =
      pid === undefined || process.platform !== 'linux'
        ? undefined
        : watchdog.watch({
            pid,
            limits: options.limits,
            cannotFork: layers.filter,
            threadsAreLimited: claim !== undefined,
            onExcess: (ending) => this.#end(ending),
          });
  }

  processorWaits(): ProcessorWaits {
    return processorWaits(this.#watch?.tree.living().map(({ pid }) => pid) ?? []);
  }

  peakBytes(): number {
    return this.#watch?.peakBytes() ?? 0;
  }

  destroy(): Promise<Ending> {
    return (this.#destroyed ??= this.#destroy());
  }

  /** Ends the process at once, without waiting for anything; for a grader that itself is ending. */
  killNow(): void {
    this.#end({ how: 'killed' });
  }

  #streams(): (Readable | Writable)[] {
    return this.#child.stdio.filter((stream) => stream !== null && stream !== undefined);
  }

  async #destroy(): Promise<Ending> {
    // Processes of its own user id are found by that.
    if (!this.#claim) this.#watch?.tree.search();
    this.#end({ how: 'killed' });
    const patience = new AbortController();
    const ending = await Promise.race([
      this.ended,
      sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    this.#watch?.stop();
    try {
      if (!ending) throw new GraderError(`process ${this.#child.pid} does not end`);
      await reapProcesses(this.#watch?.tree.members ?? []);
      if (this.#claim) {
        await reapUid(this.#claim.uid, this.#layers);
        if (!this.#layers.filter || this.#options.addon) await removeLeftovers(this.#claim.uid, this.#layers);
        this.#claim.release();
      }
      this.#onGone();
      return ending;
    } finally {
      for (const stream of this.#streams()) stream.destroy();
    }
  }

  #end(reason: Ending): void {
    if (!this.#hasExited) this.#reason ??= reason;
    for (const entry of this.#watch?.tree.living() ?? []) killProcess(entry);
    // Once the process has been collected, its number may be another's.
    if (!this.#hasExited) this.#killGroup();
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  }

  async #follow(report: Promise<string> | undefined): Promise<Ending> {
    const exit = await new Promise<Ending>((resolve) => {
      this.#child.once('error', (cause) => resolve({ how: 'not-started', reason: cause.message }));
      this.#child.once('exit', (code, signal) => resolve(exitOf(code, signal, levelOf(this.#layers))));
    });
    this.#hasExited = true;
    if (this.#reason) return this.#reason;
    if (!report || exit.how === 'not-started') return exit;
    const line = await Promise.race([report, sleep(REPORT_DELAY_MS, '', { ref: false })]);
    return line === STARTED
      ? exit
      : { how: 'not-started', reason: line.replace(STARTED, '').trim() || describe(exit) };
  }
}

function exitOf(code: number | null, signal: NodeJS.Signals | null, level: string): Ending {
  if (signal) return { how: 'signal', signal };
  // Bubblewrap tells of a signal as shells do.
  const name =
    level === 'namespaces' && (code ?? 0) > SIGNAL_EXIT
      ? Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - SIGNAL_EXIT)?.[0]
      : undefined;
  return name ? { how: 'signal', signal: name } : { how: 'exit', code: code ?? 0 };
}

function describe(ending: Ending): string {
  return ending.how === 'exit'
    ? `the launcher left with status ${ending.code}`
    : `the launcher ended by ${ending.how}`;
}

/** What the launcher says on its descriptor: one or two short lines, or nothing. */
function lineFrom(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (part: string) => (text = (text + part).slice(0, 400)));
    stream.once('close', () => resolve(text));
  });
}
