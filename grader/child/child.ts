import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { encodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import {
  LARGEST_BUDGET,
  NO_TENSORS,
  OverBudget,
  receivedBytesOf,
  tooManyBytes,
  type AnswerBudget,
} from '../protocol/answer-budget.ts';
import { encodeFrame, FrameReader, FrameTooLarge, ProtocolViolation } from '../protocol/frame.ts';
import type { Reply, Request } from '../format/messages.ts';
import { parseReply } from '../protocol/parse-reply.ts';
import { CappedOutput, type Written } from '../sandbox/capped-output.ts';
import { startFairTimer } from '../sandbox/processor-wait.ts';
import type { Ending, Limits, Sandbox, SandboxedProcess } from '../sandbox/sandbox.ts';
import { RUNNER } from './build.ts';
import { needsOf } from './optional-backend.ts';
import { KiB, MiB } from '../format/units.ts';

export type Answer =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly tensors: Record<string, TensorData> }
  | { readonly kind: 'time-out'; readonly seconds: number }
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'violation'; readonly message: string }
  /** The answer was larger than anything that could be right; the message says how large. */
  | { readonly kind: 'over-budget'; readonly message: string };

export interface ChildOptions {
  readonly sandbox: Sandbox;
  /** Holds the runner, its WASM files and the bundles; the only directory the child reads. */
  readonly directory: string;
  readonly backend: string;
  /** Of several graphics devices: the number of a CUDA device, a part of the name of an adapter of WebGPU. */
  readonly device?: string | undefined;
  readonly threads: number;
  readonly limits: Limits;
}

/** The name of the user-timing measures of a child's start and of each request to it. */
export const CHILD_TIMING = 'child';

const KEPT_OUTPUT = 8 * KiB;
/** Beyond this a child is taken to be flooding and is ended. */
const MAX_OUTPUT = 256 * MiB;

/** One running child: takes requests, gives answers, can be destroyed at any moment. */
export class Child {
  readonly #process: SandboxedProcess;
  readonly #output: CappedOutput;
  readonly #reader = new FrameReader();
  #waiting: ((answer: Answer) => void) | undefined;
  #early: Answer | undefined;
  #over: Answer | undefined;
  /** How it ended by itself while nothing was asked of it. */
  #endedUnasked: Answer | undefined;
  /** Of the answer that is waited for. */
  #budget = NO_TENSORS;
  #nextId = 1;
  #starved = 0;
  readonly #started = performance.now();

  constructor(options: ChildOptions) {
    const needs = needsOf(options.backend, options.limits, options.device);
    this.#process = options.sandbox.launch({
      kind: 'node',
      command: [
        join(options.directory, RUNNER),
        options.backend,
        String(options.threads),
        options.directory,
        ...needs.arguments,
      ],
      readable: [options.directory, ...needs.readable],
      cwd: options.directory,
      limits: needs.limits,
      workers: options.threads !== 1,
      addon: needs.addon,
    });
    this.#output = new CappedOutput([this.#process.stdout, this.#process.stderr], {
      keepBytes: KEPT_OUTPUT,
      maxBytes: MAX_OUTPUT,
      onFlood: () => this.#end({ kind: 'violation', message: 'it printed without end' }),
    });
    this.#reader.limitTensors(receivedBytesOf(this.#budget));
    this.#process.answers.on('data', (chunk: Buffer) => this.#receive(chunk));
    void this.#noteEnding();
  }

  async #noteEnding(): Promise<void> {
    const ending = await this.#process.ended;
    // Answers written just before the end may still be in the pipe.
    await setTimeout(20);
    this.#end({ kind: 'ended', ending });
  }

  /** True once no further request can be answered. */
  get over(): boolean {
    return this.#over !== undefined;
  }

  /** The `ready` message, unless the child does not get that far. */
  async ready(seconds: number): Promise<Answer> {
    const answer = await this.#wait(seconds);
    performance.measure(CHILD_TIMING, { start: this.#started });
    return answer;
  }

  /** Sends a request and waits for its answer; any answer but a reply ends the child. */
  async request(
    make: (id: number) => Request,
    tensors: Record<string, TensorData>,
    seconds: number,
    budget: AnswerBudget = LARGEST_BUDGET,
  ): Promise<Answer> {
    if (this.#over) {
      this.#endedUnasked = undefined;
      return this.#over;
    }
    this.#budget = budget;
    this.#reader.limitTensors(receivedBytesOf(budget));
    const id = this.#nextId++;
    const blob = Object.keys(tensors).length > 0 ? encodeSafetensors(tensors) : new Uint8Array();
    const start = performance.now();
    this.#process.stdin.write(encodeFrame({ message: make(id), tensors: blob }));
    const answer = await this.#wait(seconds);
    performance.measure(CHILD_TIMING, { start });
    if (answer.kind === 'reply' && !('id' in answer.reply && answer.reply.id === id)) {
      const violation: Answer = { kind: 'violation', message: 'an answer to something that was not asked' };
      this.#end(violation);
      this.#endedUnasked = undefined;
      return violation;
    }
    return answer;
  }

  /** For how much of the last request the host gave it no processor, seconds. */
  get starved(): number {
    return this.#starved;
  }

  /** Most resident memory that it was seen to have, bytes; 0 where nobody has looked. */
  get peakBytes(): number {
    return this.#process.peakBytes();
  }

  /** What it did although nothing was asked of it: an answer, or an end. */
  get unasked(): Answer | undefined {
    // After a violation it is known already that its answers are not in order.
    return this.#over?.kind === 'violation' ? this.#endedUnasked : (this.#early ?? this.#endedUnasked);
  }

  /** What was printed since the last call. */
  takeOutput(): Written {
    return this.#output.take();
  }

  /** From here on it may answer as much as a child that was just started. */
  resetBudget(): void {
    this.#reader.resetTotal();
  }

  async destroy(): Promise<void> {
    this.#over ??= { kind: 'ended', ending: { how: 'killed' } };
    await this.#process.destroy();
  }

  #wait(seconds: number): Promise<Answer> {
    // An answer that is there already has waited for nothing.
    this.#starved = 0;
    const early = this.#early ?? this.#over;
    this.#early = undefined;
    this.#endedUnasked = undefined;
    if (early) return Promise.resolve(early);
    return new Promise((resolve) => {
      const stopTimer = startFairTimer(
        seconds,
        () => this.#process.processorWaits(),
        () => this.#end({ kind: 'time-out', seconds }),
      );
      this.#waiting = (answer) => {
        this.#starved = stopTimer();
        this.#waiting = undefined;
        resolve(answer);
      };
    });
  }

  #deliver(answer: Answer): void {
    if (this.#waiting) this.#waiting(answer);
    else if (this.#early) this.#end({ kind: 'violation', message: 'two answers to one request' });
    else this.#early = answer;
  }

  #end(answer: Answer): void {
    if (this.#over) return;
    this.#over = answer;
    if (this.#waiting) this.#waiting(answer);
    else this.#endedUnasked = answer;
    void this.#process.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#over) return;
    try {
      for (const frame of this.#reader.push(chunk)) {
        this.#deliver({ kind: 'reply', ...parseReply(frame, this.#budget) });
      }
    } catch (error) {
      const cause = error instanceof FrameTooLarge ? tooManyBytes(error.bytes, this.#budget) : error;
      if (cause instanceof OverBudget) this.#end({ kind: 'over-budget', message: cause.message });
      else if (cause instanceof ProtocolViolation) this.#end({ kind: 'violation', message: cause.message });
      else throw cause;
    }
  }
}
