import { chmodSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Child, type Answer, type ChildOptions } from '../child/child.ts';
import { GraderError } from '../format/errors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { Bundle } from '../compile/bundle.ts';
import type { Request, ResolvedArgument } from '../format/messages.ts';
import type { Call } from '../format/call-plan.ts';
import { explainProblems, explainSilence, explainThrown } from './explain.ts';
import type { CallOutcome } from '../format/outcome.ts';
import { PrintedOutput, type PrintedBytes } from './printed-output.ts';
import { SourcePositions, type SourceFiles } from './source-positions.ts';
import { MiB } from '../format/units.ts';

const START_SECONDS = 60;
/** Of all answers together, which are kept until all are judged; the cap of one process begins again with each crash. */
const MAX_ANSWER_BYTES = 512 * MiB;
/** For all loads of a bundle together: a module that is slow to load would cost this once for each crash. */
const LOAD_SECONDS = 20;
/** A function that hung once gets less time, and after some more none, so that one endless loop costs seconds. */
const PATIENCE_AFTER_TIME_OUT_SECONDS = 2;
const MAX_TIME_OUTS = 3;
const OUT_OF_MEMORY = { kind: 'ended', ending: { how: 'memory' } } as const;
/** An answer of another kind than was asked for, or without its counts: only submitted code that forges one does so. */
const OUT_OF_TURN = { kind: 'violation', message: 'an answer that does not fit the question' } as const;

export interface BundleProcessOptions extends ChildOptions {
  /** Names the bundle's file among the child's. */
  readonly name: string;
  readonly bundle: Bundle;
  /** The files that errors are placed in; default: all, for code of our own. */
  readonly files?: SourceFiles;
  /** Stretches every time limit: 2 on a machine half as fast. */
  readonly timeFactor: number;
  /** Seconds a call may take when its plan says nothing. */
  readonly defaultTimeLimit: number;
  /** Gives a child with the same options that was started ahead, if there is one. */
  readonly spare?: () => Child | undefined;
}

/**
 * A bundle and the processes that run it: one at a time, a fresh one after each that crashed, hung, was ended or
 * finds itself unfit for another call.
 */
export class BundleProcess {
  readonly #options: BundleProcessOptions;
  readonly #path: string;
  readonly #positions: SourcePositions;
  #child: Child | undefined;
  #loadFailure: CallOutcome | undefined;
  #loadingSeconds = 0;
  #answerBytes = 0;
  readonly #printed = new PrintedOutput();
  /** So said the process that runs, or ran last. */
  #heapIsFull = false;
  #environment: { readonly backend: string; readonly versions: Record<string, string> } | undefined;
  /** How often each function ran out of time. */
  readonly #timeOuts = new Map<string, number>();
  /** Calls wait for each other: a process answers one at a time. */
  readonly #turn = pLimit(1);

  constructor(options: BundleProcessOptions) {
    this.#options = options;
    this.#path = join(options.directory, `${options.name}.mjs`);
    const code = options.bundle.ok ? options.bundle.code : Buffer.alloc(0);
    writeFileSync(this.#path, code);
    chmodSync(this.#path, 0o644);
    this.#positions = new SourcePositions({
      code: code.toString('utf8'),
      name: basename(this.#path),
      files: options.files,
    });
  }

  /** Starts the process and loads the bundle, so that a later call finds it warm. */
  async start(): Promise<CallOutcome | undefined> {
    const { bundle } = this.#options;
    if (!bundle.ok) return explainProblems(bundle.problems);
    if (this.#loadFailure) return this.#loadFailure;
    if (this.#child && !this.#child.over) return undefined;
    await this.#discard();
    const child = this.#options.spare?.() ?? new Child(this.#options);
    this.#child = child;
    this.#heapIsFull = false;
    const ready = await child.ready(START_SECONDS * this.#options.timeFactor);
    if (ready.kind !== 'reply' || ready.reply.type !== 'ready') {
      const { kept } = child.takeOutput();
      await this.#discard();
      throw new GraderError(
        `the child did not start (${JSON.stringify(ready).slice(0, 200)}) ${kept.toString('utf8', 0, 2000)}`,
      );
    }
    // Libraries greet when they are loaded; that is not the submission's doing.
    child.takeOutput();
    this.#environment = { backend: ready.reply.backend, versions: ready.reply.versions };
    return this.#load(child);
  }

  async #load(child: Child): Promise<CallOutcome | undefined> {
    const patience = LOAD_SECONDS * this.#options.timeFactor;
    const seconds = Math.max(0, patience - this.#loadingSeconds);
    const begin = performance.now();
    const request = await child.request((id) => ({ type: 'load', id, bundle: this.#path }), {}, seconds);
    this.#loadingSeconds += (performance.now() - begin) / 1000;
    const answer: Answer = request.kind === 'time-out' ? { kind: 'time-out', seconds: patience } : request;
    this.#keepOutput(child);
    if (answer.kind === 'reply') {
      if (answer.reply.type === 'loaded') return undefined;
      if (answer.reply.type === 'threw') {
        const what = { module: this.#options.name, export: 'loading the module' };
        this.#loadFailure = explainThrown(what, answer.reply.error, this.#positions);
      }
    } else {
      this.#loadFailure = explainSilence('loading the module', answer);
    }
    await this.#discard();
    return (this.#loadFailure ??= explainSilence('loading the module', OUT_OF_TURN));
  }

  /** Makes one call. Never throws for what the called code does. */
  call(
    call: Call,
    args: readonly ResolvedArgument[],
    tensors: Record<string, TensorData>,
  ): Promise<CallOutcome> {
    return this.#turn(() => this.#call(call, args, tensors));
  }

  async #call(
    call: Call,
    args: readonly ResolvedArgument[],
    tensors: Record<string, TensorData>,
  ): Promise<CallOutcome> {
    const failure = await this.start();
    if (failure) return failure;
    const child = this.#child!;
    const name = `${call.module}:${call.export}`;
    const timeOuts = this.#timeOuts.get(name) ?? 0;
    const limit = call.timeLimit ?? this.#options.defaultTimeLimit;
    const patience = timeOuts === 0 ? limit : Math.min(limit, PATIENCE_AFTER_TIME_OUT_SECONDS);
    const seconds = patience * this.#options.timeFactor;
    if (timeOuts >= MAX_TIME_OUTS) return explainSilence(call.export, { kind: 'time-out', seconds });
    const begin = performance.now();
    const request = (id: number): Request => ({
      type: 'call',
      id,
      module: call.module,
      export: call.export,
      args,
      ...(call.gradient ? { gradient: call.gradient } : {}),
      observe: call.observe ?? false,
    });
    const answer = await child.request(request, tensors, seconds);
    const took = (performance.now() - begin) / 1000;
    this.#keepOutput(child);
    if (answer.kind !== 'reply') {
      if (answer.kind === 'time-out') this.#timeOuts.set(name, timeOuts + 1);
      await this.#discard();
      const heapIsFull = answer.kind === 'ended' && this.#heapIsFull;
      return explainSilence(call.export, heapIsFull ? OUT_OF_MEMORY : answer);
    }
    const { reply } = answer;
    if ('spent' in reply) await this.#discard();
    if (reply.type === 'threw') return explainThrown(call, reply.error, this.#positions);
    // A gradient comes without counts.
    const lacksCounts = call.observe === true && !call.gradient && !('observed' in reply);
    if (reply.type !== 'returned' || lacksCounts) {
      await this.#discard();
      return explainSilence(call.export, OUT_OF_TURN);
    }
    for (const { data } of Object.values(answer.tensors)) this.#answerBytes += data.byteLength;
    if (this.#answerBytes > MAX_ANSWER_BYTES) {
      await this.#discard();
      return explainSilence(call.export, { kind: 'violation', message: 'more data than a part may return' });
    }
    return {
      kind: 'returned',
      value: reply.value,
      tensors: answer.tensors,
      ...(reply.gradient === undefined ? {} : { gradient: reply.gradient }),
      ...(reply.observed ? { observed: reply.observed } : {}),
      seconds: took,
    };
  }

  /** What the process said of itself when it was ready. */
  get environment(): { readonly backend: string; readonly versions: Record<string, string> } | undefined {
    return this.#environment;
  }

  /** All that was printed so far: how much, and its beginning. */
  get printed(): PrintedBytes {
    return { bytes: this.#printed.bytes, text: this.#printed.text };
  }

  #keepOutput(child: Child): void {
    this.#heapIsFull = this.#printed.add(child.takeOutput()) || this.#heapIsFull;
  }

  async #discard(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    // What was printed before the last answer may still wait in the pipe.
    await setImmediate();
    this.#keepOutput(child);
    await child.destroy();
  }

  async close(): Promise<void> {
    await this.#discard();
  }
}
