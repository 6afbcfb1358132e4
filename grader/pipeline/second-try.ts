import type { Answer } from '../child/child.ts';
import { isOptional } from '../tensorflow/optional/backends-directory.ts';

/** How a fault in machine code, a driver's or a library's, ends a process. */
const CRASHES = new Set(['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE', 'SIGTRAP']);
/** A part whose code breaks its own process again and again takes so much more time, and no more. */
const MOST_OF_PART = 3;

/**
 * Which calls of a part are made once more, because a driver or a native library may have failed in the place of the
 * submitted code. None where everything that runs is WASM and JavaScript.
 */
export class SecondTries {
  readonly #isNative: boolean;
  #left = MOST_OF_PART;

  constructor(backend: string) {
    this.#isNative = isOptional(backend);
  }

  /** In a few words for staff, what of an answer may be no fault of the submitted code; undefined where nothing may. */
  doubtAbout(answer: Answer): string | undefined {
    if (!this.#isNative) return undefined;
    if (answer.kind === 'reply') return 'deviceLost' in answer.reply ? 'the device was lost' : undefined;
    if (answer.kind !== 'ended' || answer.ending.how !== 'signal') return undefined;
    return CRASHES.has(answer.ending.signal) ? answer.ending.signal : undefined;
  }

  /** @returns whether another one may be made, which then counts */
  take(): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }
}
