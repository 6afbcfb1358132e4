import { z } from 'zod';

/** What became of each check of a solution: `passed`, or the outcome with the first line of its message. */
export const solutionVerdict = z.strictObject({
  /** `tv-loss/mirrored`. */
  solution: z.string(),
  node: z.string(),
  seconds: z.number(),
  checks: z.record(z.string(), z.string()),
});
export type SolutionVerdict = z.output<typeof solutionVerdict>;

/** A verdict that a condition changed. */
export interface Difference {
  readonly solution: string;
  readonly check: string;
  readonly plain: string;
  readonly here: string;
}

const MISSING = 'not graded';

/** Where the same solutions were judged differently; a solution or check that one side lacks is a difference. */
export function differences(
  plain: readonly SolutionVerdict[],
  here: readonly SolutionVerdict[],
): Difference[] {
  const [before, now] = [plain, here].map((all) => new Map(all.map((one) => [one.solution, one.checks])));
  const solutions = [...new Set([...before.keys(), ...now.keys()])];
  return solutions.flatMap((solution) => {
    const [old, fresh] = [before.get(solution) ?? {}, now.get(solution) ?? {}];
    const checks = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
    return checks
      .map((check) => ({ solution, check, plain: old[check] ?? MISSING, here: fresh[check] ?? MISSING }))
      .filter((one) => one.plain !== one.here);
  });
}
