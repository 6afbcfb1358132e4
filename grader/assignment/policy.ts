import { z } from 'zod';
import { selector } from '../format/selector.ts';
import { half } from './half.ts';

/** What leftover prints in submitted code lead to. */
const printPolicy = z.enum(['warn', 'penalty', 'reject']);

/** When a result can be seen, in Gradescope's words. */
const showing = z.enum(['visible', 'after_due_date', 'after_published', 'hidden']);
export type Showing = z.infer<typeof showing>;

/** Points taken off what is submitted after the due date. */
const latePenalty = z.strictObject({
  /** Up to so many minutes late nothing is taken off; after that, lateness counts from the due date itself. */
  graceMinutes: z.number().nonnegative().default(0),
  /** The unit of lateness; one begun counts whole. */
  per: z.enum(['hour', 'day']),
  /** Taken off for each unit, in percent. */
  percent: z.number().positive().max(100),
  /** Percent of what: of the possible points, or of the points earned. */
  of: z.enum(['possible', 'earned']).default('possible'),
  /** No more than this is taken off, in percent. */
  mostPercent: z.number().positive().max(100).default(100),
});
export type LatePenalty = z.infer<typeof latePenalty>;

/** How often one may submit. */
const submissionLimit = z.strictObject({
  /** So many submissions are graded ... */
  count: z.number().int().positive(),
  /** ... within so many hours; of further ones the results before are shown again. */
  hours: z.number().positive(),
});
export type SubmissionLimit = z.infer<typeof submissionLimit>;

/** When the checks that match are shown; what a rule does not name, it does not ask for. */
const visibilityRule = z.strictObject({
  half: half.optional(),
  /** A group of parts, or a part, by its id. */
  group: z.string().optional(),
  part: z.string().optional(),
  show: showing,
});
export type VisibilityRule = z.infer<typeof visibilityRule>;

const leaderboardBase = {
  name: z.string().min(1),
  /** `asc`: small is good. */
  order: z.enum(['asc', 'desc']),
  part: z.string(),
  case: z.string(),
  /** Checks of the part that must have passed, so that a wrong solution never leads the board. */
  requires: z.array(z.string()).min(1),
};

/** A column of the leaderboard: a number that a case's call returned, or the seconds that it took. */
export const leaderboardEntry = z.union([
  z.strictObject({ ...leaderboardBase, value: selector }),
  z.strictObject({ ...leaderboardBase, seconds: z.string().describe('id of a call') }),
]);
export type LeaderboardEntry = z.infer<typeof leaderboardEntry>;

/** Rules of a course that an instructor may switch; what is left out is off. */
export const policy = z.strictObject({
  leftoverPrints: printPolicy.default('warn'),
  /** Points taken off a part with leftover prints under `penalty`. */
  leftoverPrintPenalty: z.number().nonnegative().default(1),
  /**
   * What code that does not compile leads to beyond the failure of the checks that call it: `zero-part` also takes
   * the points of the part's other checks, `reject` those of the whole submission.
   */
  compileErrors: z.enum(['zero-part', 'reject']).optional(),
  /** Bonus points beyond this count no more. */
  maxBonus: z.number().nonnegative().optional(),
  late: latePenalty.optional(),
  submissionLimit: submissionLimit.optional(),
  /** The best score of all submissions counts, not the last. */
  keepBest: z.boolean().optional(),
  /** The first rule that matches a check decides; without one it is visible. */
  visibility: z.array(visibilityRule).optional(),
  /** Expected and received pictures in Gradescope's results, as text of this format. */
  pictures: z.enum(['markdown', 'html']).optional(),
  leaderboard: z.array(leaderboardEntry).optional(),
});
export type Policy = z.infer<typeof policy>;
