import { describe, expect, it } from 'vitest';
import type { PreviousSubmission, SubmissionMetadata } from '../../grader/gradescope/metadata.ts';
import { bestOfPrevious } from '../../grader/gradescope/policy/best-of-previous.ts';
import { latePenaltyOf } from '../../grader/gradescope/policy/late-penalty.ts';
import { settleScore } from '../../grader/gradescope/policy/settle-score.ts';
import { checkLimit } from '../../grader/gradescope/policy/submission-limit.ts';
import { showingOf } from '../../grader/gradescope/visibility.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { checkResult, sampleReport } from './sample-report.ts';

const due = new Date('2026-03-02T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function metadata(
  minutesLate: number | undefined,
  previous: readonly PreviousSubmission[] = [],
): SubmissionMetadata {
  return {
    users: 1,
    assignment: { dueDate: due },
    previous,
    ...(minutesLate === undefined ? {} : { createdAt: new Date(due.getTime() + minutesLate * MINUTE) }),
  };
}

function earlier(hoursAfterDue: number, change: Partial<PreviousSubmission> = {}): PreviousSubmission {
  return {
    time: new Date(due.getTime() + hoursAfterDue * HOUR),
    score: 5,
    autograderError: false,
    ...change,
  };
}

it('nothing is switched on by default', () => {
  expect(policy.parse({})).toEqual({ leftoverPrints: 'warn', leftoverPrintPenalty: 1 });
});

it.each([
  ['an unknown rule', { lateness: {} }],
  ['a late penalty above 100 %', { late: { per: 'day', percent: 120 } }],
  ['a limit of no submissions', { submissionLimit: { count: 0, hours: 24 } }],
  ['an unknown visibility', { visibility: [{ show: 'sometimes' }] }],
  [
    'a leaderboard column that a wrong solution could lead',
    { leaderboard: [{ name: 'x', order: 'asc', part: 'p', case: 'c', seconds: 'call', requires: [] }] },
  ],
])('%s is no policy', (_, value) => {
  expect(policy.safeParse(value).success).toBe(false);
});

describe('late penalty', () => {
  const day = policy.parse({ late: { per: 'day', percent: 10, graceMinutes: 15 } }).late!;
  const hour = { ...day, per: 'hour', percent: 25, graceMinutes: 0, mostPercent: 60 } as const;
  it.each([
    ['in time', day, -5, 20, undefined],
    ['within the grace', day, 15, 20, undefined],
    ['a minute after the grace', day, 16, 20, -2],
    ['a day late to the minute', day, 1440, 20, -2],
    ['a day and a minute late', day, 1441, 20, -4],
    ['weeks late', day, 30_000, 20, -20],
    ['no more than was earned', day, 16, 1.5, -1.5],
    ['hourly', hour, 61, 20, -10],
    ['the most that is taken off', hour, 600, 20, -12],
    ['of the points earned', { ...day, of: 'earned' as const }, 16, 8, -0.8],
    ['an unknown time', day, undefined, 20, undefined],
  ])('%s', (_, rule, minutes, score, points) => {
    const adjustment = latePenaltyOf({ rule, metadata: metadata(minutes), score, points: 20 });
    expect(adjustment?.points).toBe(points);
  });

  it('says how late and how much', () => {
    const { why } = latePenaltyOf({ rule: day, metadata: metadata(1501), score: 20, points: 20 })!;
    expect(why).toBe(
      'Submitted 1 d 1 h 1 min after the due date (2 days begun): 20 % of the possible points are taken off.',
    );
  });
});

describe('best of the earlier submissions', () => {
  it.each([
    ['none before', [], 5, undefined],
    ['a worse one before', [earlier(-3, { score: 4 })], 5, undefined],
    ['a better one before', [earlier(-3, { score: 7 }), earlier(-2, { score: 6 })], 5, 2],
    ['one on which the grader failed', [earlier(-3, { score: 9, autograderError: true })], 5, undefined],
    ['one without a score', [earlier(-3, { score: undefined })], 5, undefined],
  ])('%s', (_, previous, score, points) => {
    expect(bestOfPrevious({ previous, score })?.points).toBe(points);
  });
});

describe('submission limit', () => {
  const rule = { count: 2, hours: 24 };
  const limit = (previous: readonly PreviousSubmission[], minutes = 0) =>
    checkLimit({ rule, metadata: metadata(minutes, previous) });

  it.each([
    ['the first', [], false],
    ['the second', [earlier(-1)], false],
    ['the third within a day', [earlier(-2), earlier(-1)], true],
    ['the third, the first a day ago', [earlier(-24), earlier(-1)], false],
    ['grader errors do not count', [earlier(-2, { autograderError: true }), earlier(-1)], false],
    ['later ones, as in a regrade, do not count', [earlier(1), earlier(2)], false],
    ['ones without a time do not count', [earlier(-2, { time: undefined }), earlier(-1)], false],
  ])('%s', (_, previous, exceeded) => {
    expect(limit(previous).exceeded !== undefined).toBe(exceeded);
  });

  it('says when the next one is graded, and shows the latest that was', () => {
    const { exceeded } = limit([earlier(-5), earlier(-3), earlier(-1, { autograderError: true })]);
    expect(exceeded?.latest.time).toEqual(earlier(-3).time);
    expect(exceeded?.why).toMatch(/2 submissions are graded within 24 hours.*from 2026-03-03 07:00 UTC on/);
  });

  it('results that were only shown again do not count as graded', () => {
    const gradedAt = limit([earlier(-20), earlier(-10)]).gradedAt;
    const again = { extra_data: { graded_at: gradedAt } };
    const previous = [earlier(-20), earlier(-10), earlier(0, { results: again })];
    expect(limit(previous, 3 * 60).exceeded?.latest.time).toEqual(earlier(0).time);
    // Five hours later the first of the two is a day ago.
    expect(limit(previous, 5 * 60).exceeded).toBeUndefined();
    expect(limit(previous, 5 * 60).gradedAt).toEqual([
      earlier(-10).time!.toISOString(),
      earlier(5).time!.toISOString(),
    ]);
  });

  it('an unknown time is no reason to refuse', () => {
    const verdict = checkLimit({ rule, metadata: metadata(undefined, [earlier(-2), earlier(-1)]) });
    expect(verdict).toEqual({ gradedAt: [] });
  });
});

describe('visibility', () => {
  const rules = policy.parse({
    visibility: [
      { part: 'warm-up', show: 'visible' },
      { half: 'private', group: 'B', show: 'hidden' },
      { half: 'private', show: 'after_published' },
    ],
  }).visibility;
  it.each([
    ['a public check', 'public', { id: 'one', group: 'B' }, 'visible'],
    ['a private check', 'private', { id: 'one', group: 'A' }, 'after_published'],
    ['a private check of a group', 'private', { id: 'one', group: 'B' }, 'hidden'],
    ['the first rule that matches decides', 'private', { id: 'warm-up', group: 'B' }, 'visible'],
  ] as const)('%s', (_, half, part, showing) => {
    expect(showingOf({ half: half }, part, rules)).toBe(showing);
  });

  it('without a rule everything is visible', () => {
    expect(showingOf({ half: 'private' }, { id: 'one', group: 'A' })).toBe('visible');
  });
});

describe('the score that counts', () => {
  const bonus = checkResult({ id: 'extra', bonus: true, earned: 3, points: 3 });
  const report = sampleReport([checkResult({}), bonus]);

  it('bonus points beyond the cap are taken off', () => {
    const settled = settleScore({ report, policy: { maxBonus: 1 }, metadata: metadata(0) });
    expect(settled).toEqual({
      score: 3,
      adjustments: [
        {
          points: -2,
          why: 'Of 3 bonus points no more than 1 count.',
          whyWithoutScore: 'No more than 1 bonus points count.',
        },
      ],
    });
  });

  it('the cap takes nothing off what was rejected', () => {
    const rejected = { ...report, score: 0 };
    expect(settleScore({ report: rejected, policy: { maxBonus: 1 }, metadata: metadata(0) }).score).toBe(0);
  });

  it('lateness comes before the best of the earlier submissions', () => {
    const rules = policy.parse({ late: { per: 'day', percent: 50 }, keepBest: true });
    const before = (score: number) => [earlier(-9, { score })];
    const settle = (score: number) =>
      settleScore({ report, policy: rules, metadata: metadata(5, before(score)) });
    expect(settle(4.5).score).toBe(4.5);
    expect(settle(4.5).adjustments.map(({ points }) => points)).toEqual([-1, 0.5]);
    expect(settle(3).score).toBe(4);
  });
});
