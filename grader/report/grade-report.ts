import type { VerdictPictures } from '../checks/verdict.ts';
import type { Incident } from '../format/incident.ts';
import type { TensorMap } from '../numeric/index.ts';
import type { Half } from '../assignment/half.ts';

/**
 * `errored` means that the grader is at fault: it never counts as the student's failure. `skipped`: a check that
 * this one builds on did not pass. `not-attempted`: the template's stub is still there.
 */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'errored' | 'not-attempted';

/** What a failed check found, with the values: for those who may see the check's input. */
export interface Findings {
  /** Plain lines. */
  readonly message: readonly string[];
  readonly pictures?: VerdictPictures;
  readonly tensors?: TensorMap;
}

/** The lines of a submitted file around one that a message names. */
export interface Excerpt {
  readonly path: string;
  /** The line that is named, from 1. */
  readonly line: number;
  /** The number of the first of the lines. */
  readonly first: number;
  readonly lines: readonly string[];
}

export interface CheckResult extends Findings {
  readonly id: string;
  readonly part: string;
  readonly title: string;
  readonly half: Half;
  readonly outcome: Outcome;
  readonly earned: number;
  readonly points: number;
  readonly bonus: boolean;
  /** For the student; of a private check only the kind of the mistake. */
  readonly message: readonly string[];
  /** Of public checks only. */
  readonly pictures?: VerdictPictures;
  /** Of public checks only. */
  readonly tensors?: TensorMap;
  /** The line that the message names. */
  readonly excerpt?: Excerpt;
  /** What is kept from students of a private check that failed. No text or page that may reach one shows it. */
  readonly staffOnly?: Findings;
  /** Set where it failed and no call returned anything to look at: one threw, hung, was stopped or is missing. */
  readonly returnedNothing?: true;
  /** How much of its tolerance the comparison used; for calibration, never shown to students. */
  readonly used?: number;
}

export interface PartResult {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** The files that a student writes for it, by their paths in the template. */
  readonly files: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly earned: number;
  readonly points: number;
  /** Wall time, seconds. */
  readonly seconds: number;
  /** Most resident memory of a process that ran the submitted code, bytes; only where something of it was seen. */
  readonly peakBytes?: number;
  /** `graded` once all its checks are judged. */
  readonly state: 'pending' | 'graded';
}

/** Something the student should know that is not a check. */
export interface Notice {
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

/** A number to compare oneself by. */
export interface LeaderboardValue {
  readonly name: string;
  readonly value: number;
  /** `asc`: small is good. */
  readonly order: 'asc' | 'desc';
}

export interface GradeReport {
  readonly assignment: { readonly id: string; readonly title: string };
  readonly submission: {
    /** Absent where only results were kept. */
    readonly name?: string;
    /** Empty where it could not be read, or is not known. */
    readonly sha256: string;
    /** How many files of it are graded; absent where only results were kept. */
    readonly files?: number;
    /** Each of them is the template's, byte for byte. */
    readonly untouched: boolean;
  };
  /** Why it cannot be graded, where its state is `refused`; for the student. */
  readonly refusal?: string;
  readonly state: 'running' | 'complete' | 'refused';
  readonly parts: readonly PartResult[];
  /** Points earned, bonus included, penalties taken off. */
  readonly score: number;
  /** Points to be earned without bonus. */
  readonly points: number;
  readonly notices: readonly Notice[];
  readonly leaderboard?: readonly LeaderboardValue[];
  /** For staff; never shown to students. */
  readonly incidents: readonly Incident[];
  /** Wall time, seconds. */
  readonly seconds: number;
  readonly environment: {
    readonly backend: string;
    /** The graphics device of the last part, where one computed. */
    readonly device?: string;
    readonly isolation: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly seed: string;
    /** Why it was computed by another backend than one might think, for staff; a sentence each. */
    readonly backendReasons?: readonly string[];
  };
}

/** The sum of points, which may be fractions: rounded to a thousandth, so that ten times 0.1 is 1. */
export function addPoints(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((total, n) => total + n, 0) * 1000) / 1000;
}

/** What stands behind points that are more than there are without bonus; nothing behind others. */
export const bonusRemark = ({
  earned,
  points,
}: {
  readonly earned: number;
  readonly points: number;
}): string => (earned > points ? ', with bonus' : '');

export function countIncidents({ incidents }: Pick<GradeReport, 'incidents'>): number {
  return incidents.reduce((total, { count }) => total + count, 0);
}

/** How many checks ended which way. */
export function countOutcomes({ parts }: Pick<GradeReport, 'parts'>): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    passed: 0,
    failed: 0,
    skipped: 0,
    errored: 0,
    'not-attempted': 0,
  };
  for (const part of parts) for (const check of part.checks) counts[check.outcome]++;
  return counts;
}
