import type { LoadedPart } from '../assignment/loaded.ts';

/**
 * Parts in the order in which they are graded: those whose calls may take least time first, and documents, which call
 * nothing, before all. What does not end then costs its own part and no cheaper one.
 * @param defaultLimit seconds of a call whose plan says nothing
 */
export function cheapestFirst(parts: readonly LoadedPart[], defaultLimit: number): LoadedPart[] {
  const secondsOf = ({ cases }: LoadedPart): number =>
    [...cases.values()]
      .flatMap(({ plan }) => [...plan.calls, ...plan.derived])
      .reduce((sum, { timeLimit = defaultLimit }) => sum + timeLimit, 0);
  return parts.toSorted((a, b) => secondsOf(a) - secondsOf(b));
}
