import { z } from 'zod';
import { addPoints } from '../report/grade-report.ts';

/** What students may know of the private checks: their titles and points, by the id of the part. */
export const privateChecks = z.record(
  z.string(),
  z.array(z.strictObject({ title: z.string(), points: z.number(), bonus: z.boolean() })),
);
export type PrivateChecks = z.infer<typeof privateChecks>;

/** Points without bonus. */
export function pointsOf(checks: readonly { readonly points: number; readonly bonus: boolean }[]): number {
  return addPoints(checks.map(({ points, bonus }) => (bonus ? 0 : points)));
}

/** Earned and possible points of a part's public checks, or, where they have none, how many its private ones have. */
export function publicPoints(
  { earned, points }: { readonly earned: number; readonly points: number },
  hidden: PrivateChecks[string] = [],
): string {
  const sum = pointsOf(hidden);
  if (points > 0 || sum === 0) return `${earned}/${points}`;
  return sum === 1 ? '1 private point' : `${sum} private points`;
}
