import { chmodSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import type { Answer, Child } from '../../child/child.ts';
import type { Incident } from '../../format/incident.ts';
import { phase } from '../../format/phase.ts';
import type { TensorData } from '../../format/tensor-data.ts';
import type { Bundle } from '../../compile/bundle.ts';
import type { Request, ResolvedArgument } from '../../format/messages.ts';
import type { Call } from '../../format/call-plan.ts';
import { incidentsIn } from './incidents-in.ts';
import { OUT_OF_TURN } from './look-at-end.ts';
import { explainProblems, explainSilence, explainThrown, withFilesLoaded } from './explain.ts';
import { isOptional } from '../../tensorflow/optional/backends-directory.ts';
import type { CallOutcome } from '../../format/outcome.ts';
import type { Patience } from './patience.ts';
import type { PrintedBytes } from './printed-output.ts';
import { ProcessSuccession } from './process-succession.ts';
import { SecondTries } from './second-try.ts';
import { SourcePositions, type SourceFiles } from './source-positions.ts';
import { NO_TENSORS, type AnswerBudget } from '../../protocol/answer-budget.ts';
import type { ChildEnvironment, StartOptions } from './start-child.ts';

/** The name of the process that runs given code. */
export const GIVEN_CODE = 'given-code';
/**
 * For all loads of a bundle together that its code brings about: a module that is slow to load would cost this once for
 * each crash.
 */
const LOAD_SECONDS = 20;
const OUT_OF_MEMORY = { kind: 'ended', ending: { how: 'memory' } } as const;
const TOO_MUCH = {
  kind: 'over-budget',
  message: 'returned more than a part may return, with all its other answers',
} as const;

/** What bounds one call beside its time limit. */
export interface CallBounds {
  readonly budget?: AnswerBudget | undefined;
  readonly patience?: Patience | undefined;
}

export interface BundleProcessOptions extends StartOptions {
  readonly bundle: Bundle;
  /** The files that errors are placed in; default: all, for code of our own. */
  readonly files?: SourceFiles;
  /** Seconds a call may take when its plan says nothing. */
  readonly defaultTimeLimit: number;
  /** Told what right code never brings about, and in which call; undefined while the bundle is loaded. */
  readonly onIncident?: (incident: Pick<Incident, 'kind' | 'what'>, call: string | undefined) => void;
  /** Of all answers together, whichever process gave them; default: no limit, for code of our own. */
  readonly answerBytes?: number;
}

/**
 * A bundle and the processes that run it: one at a time, a fresh one after each that crashed, hung, was ended or
 * finds itself unfit for another call.
 */
export class BundleProcess {
  readonly #options: BundleProcessOptions;
  readonly #path: string;
  readonly #positions: SourcePositions;
  readonly #processes: ProcessSuccession;
  #loadFailure: CallOutcome | undefined;
  #loadingSeconds = 0;
  #answerBytes = 0;
  /** Undefined where it was the load of the bundle. */
  #lastCall: string | undefined;
  readonly #secondTries: SecondTries;
  /** Calls wait for each other: a process answers one at a time. */
  readonly #turn = pLimit(1);

  constructor(options: BundleProcessOptions) {
    this.#options = options;
    this.#processes = new ProcessSuccession(options, (end) => this.#lookForIncidents(end, this.#lastCall));
    this.#secondTries = new SecondTries(options.backend);
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

  /**
   * Starts the process and loads the bundle, so that a later call finds it warm.
   * @throws NotReady
   */
  async start(): Promise<CallOutcome | undefined> {
    const { bundle } = this.#options;
    if (!bundle.ok) return explainProblems(bundle.problems);
    if (this.#loadFailure) return this.#loadFailure;
    const { current } = this.#processes;
    if (current && !current.over) return undefined;
    return this.#load(await this.#processes.next());
  }

  async #load(child: Child, isSecond = false): Promise<CallOutcome | undefined> {
    const patience = LOAD_SECONDS * this.#options.timeFactor;
    const seconds = Math.max(0, patience - this.#loadingSeconds);
    const begin = performance.now();
    const load = (id: number): Request => ({ type: 'load', id, bundle: this.#path });
    const request = await phase('load', this.#options.name, () =>
      child.request(load, {}, seconds, NO_TENSORS),
    );
    const took = (performance.now() - begin) / 1000;
    this.#loadingSeconds += Math.max(0, took - child.starved);
    const answer: Answer = request.kind === 'time-out' ? { kind: 'time-out', seconds: patience } : request;
    this.#processes.keepOutput(child);
    if (!isSecond && (await this.#isToBeTriedAgain(answer, undefined)))
      return this.#load(await this.#processes.next(), true);
    this.#lookForIncidents(answer);
    if (answer.kind === 'reply') {
      if (answer.reply.type === 'loaded') return undefined;
      if (answer.reply.type === 'threw') {
        const what = { module: this.#options.name, export: 'loading the module' };
        this.#loadFailure = this.#withFiles(explainThrown(what, answer.reply.error, this.#positions));
      }
    } else {
      this.#loadFailure = this.#withFiles(explainSilence('loading the module', answer));
    }
    await this.#processes.letGo();
    if (this.#loadFailure) return this.#loadFailure;
    this.#lookForIncidents(OUT_OF_TURN);
    return (this.#loadFailure = explainSilence('loading the module', OUT_OF_TURN));
  }

  #withFiles(failure: CallOutcome): CallOutcome {
    return withFilesLoaded(failure, this.#positions.loaded);
  }

  /**
   * Makes one call, and once more in a fresh process where a driver may be at fault. Never throws for what the called
   * code does.
   * @param bounds.budget of the answer; default: the largest, for code of our own on inputs of our own
   * @param bounds.patience of the part; default: none but the call's own time limit
   * @throws NotReady
   */
  call(
    call: Call,
    args: readonly ResolvedArgument[],
    tensors: Record<string, TensorData>,
    bounds: CallBounds = {},
  ): Promise<CallOutcome> {
    return this.#turn(() => this.#call(call, args, tensors, bounds));
  }

  async #call(
    call: Call,
    args: readonly ResolvedArgument[],
    tensors: Record<string, TensorData>,
    bounds: CallBounds,
    isSecond = false,
  ): Promise<CallOutcome> {
    const { budget, patience } = bounds;
    const failure = await this.start();
    if (failure) return failure;
    const child = this.#processes.current!;
    const { defaultTimeLimit, timeFactor } = this.#options;
    const limit = call.timeLimit ?? defaultTimeLimit;
    const seconds = patience?.secondsFor(call, limit) ?? limit * timeFactor;
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
    const { name } = this.#options;
    const answer = await phase(name === GIVEN_CODE ? 'given code' : 'calls', `${name}: ${call.id}`, () =>
      child.request(request, tensors, seconds, budget),
    );
    const took = (performance.now() - begin) / 1000;
    patience?.note(call, took - child.starved, answer.kind === 'time-out');
    this.#processes.keepOutput(child);
    if (!isSecond && (await this.#isToBeTriedAgain(answer, call.id)))
      return this.#call(call, args, tensors, bounds, true);
    const outcome = await this.#outcomeOf(call, answer, took);
    // Where a process that submitted code has not touched gets a device, it was not the device.
    if (this.#doubtAbout(answer) !== undefined) await this.start();
    return outcome;
  }

  /** What comes of an answer that stands. */
  async #outcomeOf(call: Call, answer: Answer, took: number): Promise<CallOutcome> {
    this.#lookForIncidents(answer, call.id);
    if (answer.kind !== 'reply') {
      await this.#processes.letGo();
      const heapIsFull = answer.kind === 'ended' && this.#processes.heapIsFull;
      return explainSilence(call.export, heapIsFull ? OUT_OF_MEMORY : answer);
    }
    const { reply } = answer;
    if ('spent' in reply) await this.#processes.letGo();
    if (reply.type === 'threw') return explainThrown(call, reply.error, this.#positions);
    // A gradient comes without counts.
    const lacksCounts = call.observe === true && !call.gradient && !('observed' in reply);
    if (reply.type !== 'returned' || lacksCounts) {
      await this.#processes.letGo();
      this.#lookForIncidents(OUT_OF_TURN, call.id);
      return explainSilence(call.export, OUT_OF_TURN);
    }
    const bytes = Object.values(answer.tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
    if (this.#answerBytes + bytes > (this.#options.answerBytes ?? Infinity)) {
      this.#lookForIncidents(TOO_MUCH, call.id);
      return explainSilence(call.export, TOO_MUCH);
    }
    // Only what is kept counts, so that small answers after large ones are judged.
    this.#answerBytes += bytes;
    return {
      kind: 'returned',
      value: reply.value,
      tensors: answer.tensors,
      ...(reply.gradient === undefined ? {} : { gradient: reply.gradient }),
      ...(reply.observed ? { observed: reply.observed } : {}),
      seconds: took,
    };
  }

  #doubtAbout(answer: Answer): string | undefined {
    return this.#processes.heapIsFull ? undefined : this.#secondTries.doubtAbout(answer);
  }

  /** Whether what was asked is to be asked of a fresh process, since a driver may be at fault; staff are told. */
  async #isToBeTriedAgain(answer: Answer, call: string | undefined): Promise<boolean> {
    const doubt = this.#doubtAbout(answer);
    if (doubt === undefined || !this.#secondTries.take()) return false;
    this.#lastCall = call;
    this.#options.onIncident?.({ kind: 'second-try', what: doubt }, call);
    await this.#discardBlameless();
    return true;
  }

  /**
   * Lets go of the process, where another one is to work next: the memory of WASM never shrinks, and two networks of
   * full size do not fit into a small container beside the grader. The next call gets a fresh process. One of an
   * optional backend stays: its network lies on a device, and it is slow to start.
   */
  makeRoom(): Promise<void> {
    return this.#turn(async () => {
      if (!isOptional(this.#options.backend)) await this.#discardBlameless();
    });
  }

  /** What the process said of itself when it was ready. */
  get environment(): ChildEnvironment | undefined {
    return this.#processes.environment;
  }

  /** Most resident memory that one of its processes was seen to have, bytes; 0 where nobody has looked. */
  get peakBytes(): number {
    return this.#processes.peakBytes;
  }

  /** All that is known to be printed so far: how much, and its beginning. */
  get printed(): PrintedBytes {
    return this.#processes.printed;
  }

  /** What was printed until the last answer, also what is still in the pipes. */
  settleOutput(): Promise<PrintedBytes> {
    return this.#processes.settleOutput();
  }

  /** Where its code is not why: to load it again is to cost it nothing. */
  async #discardBlameless(): Promise<void> {
    await this.#processes.letGo();
    this.#loadingSeconds = 0;
  }

  #lookForIncidents(answer: Answer, call?: string): void {
    this.#lastCall = call;
    for (const incident of incidentsIn(answer)) this.#options.onIncident?.(incident, call);
  }

  /** For work that has nothing to do with what was done before: bytes and seconds are counted from here on. */
  resetBudgets(): void {
    this.#answerBytes = 0;
    this.#loadingSeconds = 0;
    this.#loadFailure = undefined;
    this.#processes.resetBudget();
  }

  /** The same as `close`, where the process is of one submission alone. */
  rest(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    await this.#processes.letGo();
  }
}
