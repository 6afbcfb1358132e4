import type { LatePenalty } from '../../assignment/policy.ts';
import type { SubmissionMetadata } from '../metadata.ts';
import type { Adjustment } from './adjustment.ts';

const MINUTE_MS = 60_000;
const UNIT_MS = { hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS } as const;

/** How long after the due date the submission came, in milliseconds; 0 when in time, or when either date is unknown. */
function lateness({ createdAt, assignment: { dueDate } }: SubmissionMetadata): number {
  if (!createdAt || !dueDate) return 0;
  return Math.max(0, createdAt.getTime() - dueDate.getTime());
}

/** What lateness takes off, or nothing. */
export function latePenaltyOf(options: {
  readonly rule: LatePenalty;
  readonly metadata: SubmissionMetadata;
  /** Points earned so far. */
  readonly score: number;
  /** Possible points without bonus. */
  readonly points: number;
}): Adjustment | undefined {
  const { rule, metadata, score, points } = options;
  const late = lateness(metadata);
  if (late <= rule.graceMinutes * MINUTE_MS) return undefined;
  const units = Math.ceil(late / UNIT_MS[rule.per]);
  const percent = Math.min(rule.mostPercent, units * rule.percent);
  const whole = rule.of === 'possible' ? points : score;
  const off = Math.min(score, (whole * percent) / 100);
  const begun = `${units} ${rule.per}${units === 1 ? '' : 's'} begun`;
  return {
    points: -off,
    why: `Submitted ${duration(late)} after the due date (${begun}): ${percent} % of the ${rule.of === 'possible' ? 'possible points' : 'points earned'} are taken off.`,
  };
}

function duration(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
