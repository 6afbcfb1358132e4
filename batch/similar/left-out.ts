/** What could not be compared; the rest was. */
export interface LeftOut {
  /** A submission, a file of all, one of a submission, or two submissions whose places are not known. */
  readonly what: string;
  readonly why: string;
}

/** How a file of a submission is called. */
export const fileOf = (id: string, path: string): string => `${id}: ${path}`;

/** Does work on a part of the class: what it throws costs that part alone, and is told with the rest. */
export function orLeftOut<T>(leftOut: LeftOut[], what: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    leftOut.push(withReason(what, error));
    return undefined;
  }
}

export const withReason = (what: string, error: unknown): LeftOut => ({
  what,
  why: error instanceof Error ? error.message : String(error),
});
