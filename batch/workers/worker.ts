import { execaNode } from 'execa';
import { fileURLToPath } from 'node:url';
import { MiB } from '../../grader/format/units.ts';
import { QUEUE_VARIABLE } from '../queue/address.ts';
import { resultSchema, type GradingSettings, type Task, type TaskResult } from './messages.ts';

const START = fileURLToPath(new URL('../../compiled/start.mjs', import.meta.url));
const PROGRAM = 'batch/workers/worker-program.ts';
/** Of what a worker prints, for the message when it ends; characters. */
const KEPT_OUTPUT = 4000;
/** A worker that holds more than this after a submission is replaced; its memory stays flat over any number. */
const MAX_RESIDENT = 600 * MiB;
/** The deadline of a submission is kept by the worker; one that says nothing for so much longer is ended. */
const GRACE_SECONDS = 60;

/** How a task ended: with a result, or the worker with a reason. */
export type Attempt =
  { readonly kind: 'done'; readonly result: TaskResult } | { readonly kind: 'lost'; readonly reason: string };

function start(settings: GradingSettings) {
  return execaNode(START, [PROGRAM, JSON.stringify(settings)], {
    ipc: true,
    reject: false,
    buffer: { ipc: false },
    maxBuffer: KEPT_OUTPUT,
    stdin: 'ignore',
    // It reads submissions, and has no business with the queue's password.
    env: { [QUEUE_VARIABLE]: undefined },
    all: true,
    // Signals of the terminal reach the batch, which then ends its workers.
    detached: true,
    forceKillAfterDelay: 10_000,
  });
}

type Running = ReturnType<typeof start>;

/** A process that grades one submission at a time; a fresh one after each that was lost or has grown. */
export class Worker {
  readonly #settings: GradingSettings;
  #running: Running | undefined;

  constructor(settings: GradingSettings) {
    this.#settings = settings;
  }

  async grade(task: Task): Promise<Attempt> {
    const running = (this.#running ??= start(this.#settings));
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), (this.#settings.deadlineSeconds + GRACE_SECONDS) * 1000);
    try {
      await running.sendMessage({ ...task });
      const answer = await Promise.race([
        running.getOneMessage(),
        new Promise<never>((_, reject) => {
          patience.signal.addEventListener('abort', () => reject(new Error('it said nothing in time')));
        }),
      ]);
      const result = resultSchema.parse(answer);
      if (result.resident > MAX_RESIDENT) await this.close();
      return { kind: 'done', result };
    } catch (error) {
      const ended = await this.close();
      const printed = ended?.all?.trim().slice(-KEPT_OUTPUT) ?? '';
      const how = describeEnd(ended) ?? (error instanceof Error ? error.message : String(error));
      return { kind: 'lost', reason: printed === '' ? how : `${how}\n${printed}` };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, if there is one. */
  async close(): Promise<Awaited<Running> | undefined> {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return undefined;
    running.kill('SIGTERM');
    return running;
  }
}

function describeEnd(ended: Awaited<Running> | undefined): string | undefined {
  if (!ended || ended.signal === 'SIGTERM') return undefined;
  if (ended.signal) return `the worker was ended by ${ended.signal}`;
  return ended.exitCode === undefined ? undefined : `the worker ended with exit code ${ended.exitCode}`;
}
