import { z } from 'zod';
import type { PreviousSubmission, SubmissionMetadata } from '../metadata.ts';

/** In `extra_data` of results: the best score so far, before it is compared with earlier ones, and who gave it. */
export const BEST = 'best';

const best = z.object({
  score: z.number(),
  /** The `package_sha256` of the package that gave it; absent where nothing says it. */
  package: z.string().optional(),
});
export type Best = z.infer<typeof best>;

const told = z.object({
  score: z.number().optional(),
  extra_data: z.object({
    [BEST]: best.optional().catch(undefined),
    package_sha256: z.string().optional().catch(undefined),
  }),
});

/**
 * Which package gave the score that counts where the best one does. Gradescope keeps results of the latest submission
 * only, so each run tells the next what it knows.
 * @param own the score of this submission, and the package that grades it
 */
export function bestSoFar(own: Best, { previous }: Pick<SubmissionMetadata, 'previous'>): Best {
  const counted = previous.filter((one) => !one.autograderError && one.score !== undefined);
  const highest = Math.max(...counted.map(({ score }) => score ?? -Infinity));
  if (own.score >= highest) return own;
  const known = counted.flatMap(bestIn).find(({ score }) => score === highest);
  return known ?? { score: highest };
}

/** A score with the package that gave it, where that is known. */
export function madeBy(score: number, digest: unknown): Best {
  return { score, ...(typeof digest === 'string' ? { package: digest } : {}) };
}

function bestIn({ results }: PreviousSubmission): Best[] {
  const parsed = told.safeParse(results);
  if (!parsed.success) return [];
  const { score, extra_data: extra } = parsed.data;
  if (extra[BEST]) return [extra[BEST]];
  return score === undefined ? [] : [madeBy(score, extra.package_sha256)];
}
