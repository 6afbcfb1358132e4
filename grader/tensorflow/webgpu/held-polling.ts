/** What Dawn hands to `setImmediate`: polls its instance once, and asks for the next turn while anything is open. */
type Turn = () => void;

/** Sleep between turns, milliseconds: short at first, for small results of a fast card. */
const SLEEP_MS = { first: 0.02, longest: 0.2, growth: 1.2 } as const;

/** Waits without the event loop; nobody wakes it. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Dawn settles promises from a callback that it hands to `globalThis.setImmediate`, so only from the event loop. Here
 * that callback is held back, so that whoever has to wait within one synchronous call can turn it.
 *
 * Dawn asks for one turn at a time: a callback that went to the event loop unheld could not be turned. So every method
 * that may ask for one has to be called by {@link open}.
 */
export class HeldPolling {
  // Code that runs later may replace the global.
  readonly #setImmediate = globalThis.setImmediate;
  readonly #now = performance.now.bind(performance);
  #turn: Turn | undefined;
  #open = 0;
  #pumping = false;

  /** Calls a method of Dawn that gives a promise, and polls from the event loop until that settles. */
  open<T>(call: () => Promise<T>): Promise<T> {
    const promise = this.hold(call);
    this.#open += 1;
    const closed = (): void => void (this.#open -= 1);
    promise.then(closed, closed);
    this.#pump();
    return promise;
  }

  /** Calls something of Dawn; the callback that it asks to be turned is held. */
  hold<T>(call: () => T): T {
    const before = globalThis.setImmediate;
    globalThis.setImmediate = ((turn: Turn) => {
      this.#turn = turn;
    }) as unknown as typeof setImmediate;
    try {
      return call();
    } finally {
      globalThis.setImmediate = before;
    }
  }

  /**
   * Polls within this call until `done` says so, asleep in between.
   * @throws Error when nothing is left to wait for, or nothing has come within `seconds`
   */
  waitFor(done: () => boolean, seconds: number): void {
    const start = this.#now();
    for (
      let sleep: number = SLEEP_MS.first;
      !done();
      sleep = Math.min(sleep * SLEEP_MS.growth, SLEEP_MS.longest)
    ) {
      if (!this.#poll()) throw new Error('the graphics device has nothing left to wait for');
      if (done()) return;
      if (this.#now() - start > 1000 * seconds)
        throw new Error(`the graphics device did not answer in ${seconds} s`);
      Atomics.wait(sleeper, 0, 0, sleep);
    }
  }

  /** One turn. @returns false where Dawn has asked for none */
  #poll(): boolean {
    const turn = this.#turn;
    if (!turn) return false;
    this.#turn = undefined;
    this.hold(turn);
    return true;
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    const next = (): void => {
      this.#poll();
      if (this.#open > 0) this.#setImmediate(next);
      else this.#pumping = false;
    };
    this.#setImmediate(next);
  }
}
