import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { instantiateLoops } from './loops.ts';
import type { LoopsModule, SimdLoops } from './loops.ts';

/** One call of a loop. */
export interface LoopCall {
  readonly loop: keyof SimdLoops;
  readonly parameters: readonly number[];
}

/** The words that threads share: what is left of the calls, how many are finished and how many there are, the calls. */
const LEFT = 0;
const FINISHED = 1;
const COUNT = 2;
const FIRST_CALL = 3;
/** A loop's number and up to nine parameters. */
const WORDS_A_CALL = 10;
const MOST_CALLS = 1024;
/** A thread looks so often for a call before it goes to sleep: some tenths of a millisecond. */
const LOOKS = 50_000;
/** What a core passes over in the time in which another one notices that there is work. */
const WORTHWHILE_BYTES = 2 ** 16;
/** So many terms of products take one thread some ten microseconds. */
const WORTHWHILE_TERMS = 2 ** 18;
/** So many that a thread which is held up leaves the rest to others. */
const PARTS_A_THREAD = 4;

/** What a helper runs. Text, since what starts it may be bundled into one file. */
const helperScript = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, words } = workerData;
const loops = Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);
parentPort.postMessage('ready');
for (;;) {
  for (let call; (call = Atomics.sub(words, ${LEFT}, 1) - 1) >= 0; ) {
    const at = ${FIRST_CALL} + call * ${WORDS_A_CALL};
    loops[words[at]](...words.subarray(at + 1, at + ${WORDS_A_CALL}));
    if (Atomics.add(words, ${FINISHED}, 1) + 1 === words[${COUNT}]) Atomics.notify(words, ${FINISHED});
  }
  for (let look = 0; look < ${LOOKS} && Atomics.load(words, ${LEFT}) <= 0; look++);
  const left = Atomics.load(words, ${LEFT});
  if (left <= 0) Atomics.wait(words, ${LEFT}, left);
}
`;

type AnyLoop = (...parameters: number[]) => void;

/**
 * The main thread and its helpers, which take calls of loops from a list until none is left. A helper that waits spins
 * for a moment, then sleeps; it does not keep the process alive.
 */
export class LoopThreads {
  /** The loops as the main thread calls them. */
  readonly loops: SimdLoops;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly words = new Int32Array(
    new SharedArrayBuffer((FIRST_CALL + MOST_CALLS * WORDS_A_CALL) * Int32Array.BYTES_PER_ELEMENT),
  );
  private helpers: readonly Worker[] = [];

  private constructor(compiled: LoopsModule) {
    this.loops = instantiateLoops(compiled);
    this.numbers = new Map(Object.keys(this.loops).map((name, number) => [name, number]));
  }

  /** Starts a number of threads, the main one counted. More than one need a shared memory. */
  static async start(compiled: LoopsModule, threads: number): Promise<LoopThreads> {
    const started = new LoopThreads(compiled);
    const workerData = { ...compiled, words: started.words };
    started.helpers = Array.from(
      { length: threads - 1 },
      () => new Worker(helperScript, { eval: true, execArgv: [], workerData }),
    );
    await Promise.all(started.helpers.map((helper) => once(helper, 'message')));
    for (const helper of started.helpers) helper.unref();
    return started;
  }

  get count(): number {
    return this.helpers.length + 1;
  }

  /** Cuts `count` things of `bytes` bytes each into parts for the threads: one, where they are not worth waking any. */
  share(count: number, bytes: number): { first: number; count: number }[] {
    const worthwhile = this.helpers.length === 0 ? 1 : Math.floor((count * bytes) / WORTHWHILE_BYTES);
    const each = Math.ceil(count / Math.max(1, Math.min(worthwhile, PARTS_A_THREAD * this.count)));
    return Array.from({ length: Math.ceil(count / each) }, (_, part) => {
      const first = part * each;
      return { first, count: Math.min(each, count - first) };
    });
  }

  /** Runs the calls for `count` things of `bytes` bytes each, shared as {@link share} cuts them. */
  runShared(
    count: number,
    bytes: number,
    callFor: (part: { first: number; count: number }) => LoopCall,
  ): void {
    this.run(this.share(count, bytes).map(callFor));
  }

  /** Runs products that add up so many terms: together, where these take longer than it takes to wake a thread. */
  runProducts(calls: readonly LoopCall[], terms: number): void {
    if (terms < WORTHWHILE_TERMS) this.runAlone(calls);
    else this.run(calls);
  }

  /** Runs calls in any order, none of which reads what another one writes; returns when all are finished. */
  run(calls: readonly LoopCall[]): void {
    if (this.helpers.length === 0 || calls.length === 1) return this.runAlone(calls);
    for (let first = 0; first < calls.length; first += MOST_CALLS) {
      this.runTogether(calls.slice(first, first + MOST_CALLS));
    }
  }

  /** Runs calls on the main thread: what is too little to share, since a helper can be held up in the middle of it. */
  runAlone(calls: readonly LoopCall[]): void {
    for (const { loop, parameters } of calls) (this.loops[loop] as AnyLoop)(...parameters);
  }

  terminate(): void {
    for (const helper of this.helpers) void helper.terminate();
  }

  private runTogether(calls: readonly LoopCall[]): void {
    const { words } = this;
    calls.forEach(({ loop, parameters }, index) => {
      const at = FIRST_CALL + index * WORDS_A_CALL;
      words[at] = this.numbers.get(loop)!;
      words.set(parameters, at + 1);
    });
    words[COUNT] = calls.length;
    Atomics.store(words, FINISHED, 0);
    Atomics.store(words, LEFT, calls.length);
    Atomics.notify(words, LEFT);
    for (let call; (call = Atomics.sub(words, LEFT, 1) - 1) >= 0;) {
      this.runAlone([calls[call]]);
      Atomics.add(words, FINISHED, 1);
    }
    this.awaitHelpers(calls.length);
  }

  private awaitHelpers(count: number): void {
    for (let look = 0; look < LOOKS; look++) {
      if (Atomics.load(this.words, FINISHED) === count) return;
    }
    for (let seen; (seen = Atomics.load(this.words, FINISHED)) < count;) {
      Atomics.wait(this.words, FINISHED, seen);
    }
  }
}
