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
