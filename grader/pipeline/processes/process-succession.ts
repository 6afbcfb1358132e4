import { setImmediate } from 'node:timers/promises';
import type { Answer, Child } from '../../child/child.ts';
import { END_SECONDS, lookAtEnd, STILL_BUSY } from './look-at-end.ts';
import { PrintedOutput, type PrintedBytes } from './printed-output.ts';
import { startChild, type ChildEnvironment, type StartOptions } from './start-child.ts';

/** The processes that run one bundle, one after the other, and what is known of all of them together. */
export class ProcessSuccession {
  readonly #options: StartOptions;
  readonly #onEnd: (end: Answer) => void;
  readonly #printed = new PrintedOutput();
  #child: Child | undefined;
  #environment: ChildEnvironment | undefined;
  /** Of the processes that have been let go of. */
  #peakBytes = 0;
  /** So said the process that runs, or ran last. */
  #heapIsFull = false;
  /** A process was at work after its answer; others are not asked. */
  #staysBusy = false;

  /** @param onEnd told how things stood with a process that was let go of */
  constructor(options: StartOptions, onEnd: (end: Answer) => void) {
    this.#options = options;
    this.#onEnd = onEnd;
  }

  /** The process that was started last and nobody has let go of; it may be over. */
  get current(): Child | undefined {
    return this.#child;
  }

  /**
   * Lets a fresh process take the place of the one before, if there is one.
   * @throws NotReady
   */
  async next(): Promise<Child> {
    await this.letGo();
    const { child, environment } = await startChild(this.#options, (starting) => {
      this.#child = starting;
      if (starting) this.#heapIsFull = false;
    });
    this.#environment = environment;
    return child;
  }

  /** Ends the process, if there is one, and looks at what it was at. */
  async letGo(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    // What was printed before the last answer may still wait in the pipe.
    await setImmediate();
    this.keepOutput(child);
    const end = this.#staysBusy ? undefined : await lookAtEnd(child, END_SECONDS * this.#options.timeFactor);
    if (end === STILL_BUSY) this.#staysBusy = true;
    await child.destroy();
    this.#peakBytes = Math.max(this.#peakBytes, child.peakBytes);
    if (end) this.#onEnd(end);
  }

  keepOutput(child: Child): void {
    this.#heapIsFull = this.#printed.add(child.takeOutput()) || this.#heapIsFull;
  }

  /** What was printed until the last answer, also what is still in the pipes. */
  async settleOutput(): Promise<PrintedBytes> {
    // One turn of the event loop reads the pipes, of which the one with the answers may have come first.
    for (let turn = 0; turn < 2; turn++) await setImmediate();
    if (this.#child) this.keepOutput(this.#child);
    return this.printed;
  }

  /** All that is known to be printed so far: how much, and its beginning. */
  get printed(): PrintedBytes {
    return { bytes: this.#printed.bytes, text: this.#printed.text };
  }

  /** Whether the process that runs, or ran last, said so. */
  get heapIsFull(): boolean {
    return this.#heapIsFull;
  }

  /** What the process said of itself when it was ready. */
  get environment(): ChildEnvironment | undefined {
    return this.#environment;
  }

  /** Most resident memory that one of them was seen to have, bytes; 0 where nobody has looked. */
  get peakBytes(): number {
    return Math.max(this.#peakBytes, this.#child?.peakBytes ?? 0);
  }

  resetBudget(): void {
    this.#child?.resetBudget();
  }
}
