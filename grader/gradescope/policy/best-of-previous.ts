import type { PreviousSubmission } from '../metadata.ts';
import type { Adjustment } from './adjustment.ts';

/** What lifts the score to the best of the earlier submissions, or nothing. */
export function bestOfPrevious(options: {
  readonly previous: readonly PreviousSubmission[];
  readonly score: number;
}): Adjustment | undefined {
  const { previous, score } = options;
  let best: PreviousSubmission | undefined;
  for (const one of previous) {
    if (one.autograderError || one.score === undefined) continue;
    if (one.score > (best?.score ?? score)) best = one;
  }
  if (best?.score === undefined) return undefined;
  const when = best.time ? ` of ${best.time.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';
  return {
    points: best.score - score,
    why: `The best submission counts: your submission${when} earned ${best.score} points, this one ${score}.`,
    whyWithoutScore: 'The best of your submissions counts.',
  };
}
