import { runInNewContext } from 'node:vm';

const TIMED_OUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** What came of work that had to end by itself. */
export type Ended<Result> = { readonly inTime: true; readonly result: Result } | { readonly inTime: false };

/**
 * Runs synchronous work and breaks it off after some milliseconds, wherever it is; `finally` blocks do not run then.
 * Parsing needs it: 300 characters of `async (a = async (a = ...` take TypeScript's parser minutes, because it tries
 * both meanings at every level.
 */
export function withDeadline<Result>(work: () => Result, milliseconds: number): Ended<Result> {
  try {
    return { inTime: true, result: runInNewContext('work()', { work }, { timeout: milliseconds }) as Result };
  } catch (error) {
    // Made in the new context, so no instance of this one's Error.
    const timedOut =
      typeof error === 'object' && error !== null && 'code' in error && error.code === TIMED_OUT;
    if (timedOut) return { inTime: false };
    throw error;
  }
}
