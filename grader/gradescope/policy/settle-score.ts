import { addPoints, type GradeReport } from '../../report/grade-report.ts';
import type { Policy } from '../../assignment/policy.ts';
import type { SubmissionMetadata } from '../metadata.ts';
import type { Adjustment } from './adjustment.ts';
import { bestOfPrevious } from './best-of-previous.ts';
import { latePenaltyOf } from './late-penalty.ts';

export interface Settled {
  readonly score: number;
  /** In the order in which they were made. */
  readonly adjustments: readonly Adjustment[];
}

/** What the course's rules on bonus, lateness and earlier submissions make of the points that a report counts. */
export function settleScore(options: {
  readonly report: Pick<GradeReport, 'score' | 'points' | 'parts'>;
  readonly policy: Pick<Policy, 'maxBonus' | 'late' | 'keepBest'>;
  readonly metadata: SubmissionMetadata;
}): Settled {
  const { report, policy, metadata } = options;
  const { points } = report;
  let { score } = report;
  const adjustments: Adjustment[] = [];
  const apply = (adjustment: Adjustment | undefined): void => {
    if (!adjustment || adjustment.points === 0) return;
    adjustments.push({ ...adjustment, points: addPoints([adjustment.points]) });
    score = addPoints([score, adjustment.points]);
  };
  apply(bonusCap({ report, maxBonus: policy.maxBonus }));
  if (policy.late) apply(latePenaltyOf({ rule: policy.late, metadata, score, points }));
  if (policy.keepBest) apply(bestOfPrevious({ previous: metadata.previous, score }));
  return { score, adjustments };
}

function bonusCap(options: {
  readonly report: Pick<GradeReport, 'score' | 'parts'>;
  readonly maxBonus: number | undefined;
}): Adjustment | undefined {
  const { report, maxBonus } = options;
  if (maxBonus === undefined) return undefined;
  const checks = report.parts.flatMap((part) => part.checks);
  const bonus = addPoints(checks.filter((check) => check.bonus).map((check) => check.earned));
  // A submission that was rejected has no points to lose.
  const excess = Math.min(report.score, bonus - maxBonus);
  if (excess <= 0) return undefined;
  return {
    points: -excess,
    why: `Of ${bonus} bonus points no more than ${maxBonus} count.`,
    whyWithoutScore: `No more than ${maxBonus} bonus points count.`,
  };
}
