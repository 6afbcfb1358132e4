import { setImmediate } from 'node:timers/promises';
import { CallFailure } from './call-failure.ts';

/**
 * Errors that nothing waits for: a promise without `await` that is rejected, a timer that throws. They count for the
 * request during which they come to light, where Node.js would end the process with its own words.
 */
export class LooseErrors {
  #first: { readonly error: unknown } | undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor() {
    const note = (error: unknown): void => {
      this.#first ??= { error };
      this.#fail(error);
    };
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
    // Nothing is left that could wake the process up, and a request is still being answered.
    process.on('beforeExit', () => note(new CallFailure('never-settles', '')));
  }

  /** The first of them: after it, code that goes on by itself may go on during the next request. */
  get first(): { readonly error: unknown } | undefined {
    return this.#first;
  }

  /** What `run` resolves with. @throws whatever it throws, and a loose error that comes before it is done */
  async during<T>(run: () => Promise<T>): Promise<T> {
    const loose = new Promise<never>((_, reject) => (this.#fail = reject));
    loose.catch(() => undefined);
    let value: T;
    try {
      value = await Promise.race([run(), loose]);
    } finally {
      // A rejection is known to have no handler when all that was ready to run has run.
      await setImmediate();
    }
    if (this.#first) throw this.#first.error;
    return value;
  }
}
