import { channel } from 'node:diagnostics_channel';

/** Where the time of a grading goes. */
export type PhaseName =
  | 'start'
  | 'read the assignment'
  | 'ingest'
  | 'stage'
  | 'review'
  | 'proof of isolation'
  | 'type check'
  | 'bundle'
  | 'spawn'
  | 'load'
  | 'calls'
  | 'given code'
  | 'judging'
  | 'report';

/** One stretch of work, milliseconds on the clock of `performance.now()`. */
export interface Phase {
  readonly name: PhaseName;
  readonly start: number;
  readonly end: number;
  /** What it was done for, such as a part or a call. */
  readonly what: string;
}

/** Told of each phase that has ended, if anybody listens; nothing is kept otherwise. */
export const phases = channel('introspection-grader:phase');

/** Does some work, and tells those who listen how long it took. */
export function phase<T>(name: PhaseName, what: string, work: () => T): T {
  if (!phases.hasSubscribers) return work();
  const start = performance.now();
  const tell = (): void => phases.publish({ name, what, start, end: performance.now() } satisfies Phase);
  let result: T;
  try {
    result = work();
  } catch (error) {
    tell();
    throw error;
  }
  if (result instanceof Promise) void result.then(tell, tell);
  else tell();
  return result;
}
