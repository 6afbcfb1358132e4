import { addPoints } from '../../grader/report/grade-report.ts';
import type { KeptReport } from '../outputs/kept-report.ts';
import { partOf, type BatchRecord } from '../store/batch-record.ts';

/** One of the two batches of a comparison. */
export type Which = 'old' | 'new';

/** A part that one batch was not asked to grade, and the other graded: no points were gained or lost there. */
export interface LeftOutPart {
  readonly part: string;
  /** Which batch left it out. */
  readonly in: Which;
  /** Of how many submissions. */
  readonly submissions: number;
}

/** What a batch knows of one submission. */
export interface GradedOnce {
  readonly which: Which;
  readonly report: KeptReport;
  readonly record: BatchRecord;
}

/** The parts of one submission that one batch left out, though its assignment has them. */
function leftOut(here: GradedOnce, there: GradedOnce): { part: string; in: Which }[] {
  const graded = new Set(here.report.parts.map(({ id }) => id));
  const assigned = new Set(Object.keys(here.record.checks).map(partOf));
  return there.report.parts
    .filter(({ id }) => assigned.has(id) && !graded.has(id))
    .map(({ id }) => ({ part: id, in: here.which }));
}

/** What is compared of one report. */
export interface Comparable {
  readonly parts: KeptReport['parts'];
  readonly score: number;
}

function without({ report }: GradedOnce, leftOut: ReadonlySet<string>): Comparable {
  const parts = report.parts.filter(({ id }) => !leftOut.has(id));
  // A whole submission can be rejected, whatever its parts earned.
  return { parts, score: report.score === 0 ? 0 : addPoints(parts.map(({ earned }) => earned)) };
}

/**
 * Both results of a submission without the parts that only one batch was asked to grade. Parts that only one of the two
 * assignments has stay: their points are gained or lost.
 */
export function comparable(
  before: GradedOnce,
  after: GradedOnce,
): {
  readonly before: Comparable;
  readonly after: Comparable;
  readonly leftOut: readonly { readonly part: string; readonly in: Which }[];
} {
  const all = [...leftOut(before, after), ...leftOut(after, before)];
  const parts = new Set(all.map(({ part }) => part));
  return { before: without(before, parts), after: without(after, parts), leftOut: all };
}
