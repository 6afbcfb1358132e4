import { z } from 'zod';
import type { SubmissionLimit } from '../../assignment/policy.ts';
import type { PreviousSubmission, SubmissionMetadata } from '../metadata.ts';

const HOUR_MS = 3_600_000;
/** The same submission may carry a moment's difference in the metadata of later ones. */
const SAME_MS = 2000;

/** The submissions that were graded, by time, in the `extra_data` of results: those shown again do not count. */
export const GRADED_AT = 'graded_at';

const gradedTimes = z.object({ extra_data: z.object({ [GRADED_AT]: z.array(z.iso.datetime()) }) });

export interface LimitVerdict {
  /** When the submissions that count were submitted, this one included if it is graded; ISO 8601. */
  readonly gradedAt: readonly string[];
  /** Set when this submission is one too many. */
  readonly exceeded?: {
    /** A sentence for the student. */
    readonly why: string;
    /** The latest submission, whose results are shown again. */
    readonly latest: PreviousSubmission;
  };
}

/** Whether a submission may be graded. One whose time is unknown may. */
export function checkLimit(options: {
  readonly rule: SubmissionLimit;
  readonly metadata: SubmissionMetadata;
}): LimitVerdict {
  const { rule, metadata } = options;
  const { createdAt } = metadata;
  if (!createdAt) return { gradedAt: [] };
  const now = createdAt.getTime();
  const start = now - rule.hours * HOUR_MS;
  const counted = gradedBefore(metadata.previous, now).filter((time) => time > start);
  const iso = (times: readonly number[]): string[] => times.map((time) => new Date(time).toISOString());
  const latest = metadata.previous.findLast(
    (one) => !one.autograderError && (one.time?.getTime() ?? 0) < now,
  );
  if (counted.length < rule.count || !latest) return { gradedAt: iso([...counted, now]) };
  const next = new Date(counted[counted.length - rule.count] + rule.hours * HOUR_MS);
  const when = next.toISOString().slice(0, 16).replace('T', ' ');
  const many = rule.count === 1 ? '1 submission is' : `${rule.count} submissions are`;
  return {
    gradedAt: iso(counted),
    exceeded: {
      latest,
      why: `Not graded: ${many} graded within ${rule.hours} hours. What you see are the results before. The next submission is graded from ${when} UTC on.`,
    },
  };
}

/** When the submissions before were submitted that were graded, milliseconds, earliest first. */
function gradedBefore(previous: readonly PreviousSubmission[], now: number): number[] {
  const known = previous.flatMap((one) => (one.autograderError || !one.time ? [] : [one.time.getTime()]));
  const before = known.filter((time) => time < now);
  // The latest results say which were graded; without that, all were.
  const latest = previous.findLast((one) => one.results !== undefined);
  const told = gradedTimes.safeParse(latest?.results);
  if (!told.success || !latest?.time) return before;
  const graded = told.data.extra_data[GRADED_AT].map((time) => Date.parse(time));
  const lastTold = latest.time.getTime();
  return before.filter((time) => time > lastTold || graded.some((other) => Math.abs(other - time) < SAME_MS));
}
