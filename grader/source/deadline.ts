import { createContext, Script } from 'node:vm';

const TIMED_OUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
/** One for all work: a context of its own for each file would hold a megabyte until it is collected. */
const context = createContext({});
const script = new Script('work()');

/** What came of work that had to end by itself. */
export type Ended<Result> = { readonly inTime: true; readonly result: Result } | { readonly inTime: false };

/**
 * Runs synchronous work and breaks it off after some milliseconds, wherever it is; `finally` blocks do not run then.
 * Parsing needs it: 300 characters of `async (a = async (a = ...` take TypeScript's parser minutes, because it tries
 * both meanings at every level.
 */
export function withDeadline<Result>(work: () => Result, milliseconds: number): Ended<Result> {
  context.work = work;
  try {
    return { inTime: true, result: script.runInContext(context, { timeout: milliseconds }) as Result };
  } catch (error) {
    // Made in the other context, so no instance of this one's Error.
    const timedOut =
      typeof error === 'object' && error !== null && 'code' in error && error.code === TIMED_OUT;
    if (timedOut) return { inTime: false };
    throw error;
  } finally {
    context.work = undefined;
  }
}
