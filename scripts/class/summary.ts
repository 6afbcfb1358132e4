import { join } from 'node:path';
import {
  hasUploads,
  isOurs,
  isRefused,
  nothingTried,
  whyRefused,
  type GradedSubmission,
  type RowsToUpload,
} from '../../batch/outputs/class-result.ts';
import type { Similar } from '../../batch/similar/find-similar.ts';
import { METADATA } from '../../batch/sources/gradescope-export.ts';
import { counted } from '../../grader/format/counted.ts';
import { firstOf } from '../../grader/format/first-of.ts';
import { printable } from '../../grader/format/printable.ts';

/** So many refused submissions are named on a terminal; class.html lists all. */
const MOST_REFUSED = 10;
const MOST_CHARACTERS = 300;
const MOST_UNNAMED = 5;
const MOST_UNTRIED = 10;
const MOST_NOT_UPLOADED = 5;
const MOST_LEFT_OUT = 10;

/** The name of a submission or of a file in it, which its student chose, as a terminal may have it. */
const named = (name: string): string => printable(name, MOST_CHARACTERS);

/** What a batch ends with, also as JSON. */
export interface Summary {
  readonly submissions: number;
  readonly graded: number;
  /** Of those graded, how many had a result that stands. */
  readonly kept: number;
  readonly refused: number;
  readonly refusals: readonly { readonly id: string; readonly why: string }[];
  /** Whose submitters the metadata does not name. */
  readonly unnamed: readonly string[];
  /** In how many no check found work to judge. */
  readonly untried: number;
  readonly untriedSubmissions: readonly string[];
  /** How many have no result, or none to trust, through us. */
  readonly ours: number;
  /** Parts that were not graded of all of the class, so that there is nothing to upload. */
  readonly leftOut: readonly string[];
  /** Whose rows are in grades.csv alone, of all of the class: they have neither a SID nor an email. */
  readonly notUploaded: readonly string[];
  /** Whether there are tables for Gradescope and Canvas. */
  readonly uploads: boolean;
  readonly seconds: number;
  readonly interrupted: boolean;
  readonly out: string;
}

/**
 * Sums up what became of the submissions that a batch was asked to grade.
 * @param graded those of them that have a result
 */
export function summaryOf(
  graded: readonly GradedSubmission[],
  rest: Pick<Summary, 'submissions' | 'kept' | 'leftOut' | 'seconds' | 'interrupted' | 'out'> & {
    readonly rows: RowsToUpload;
  },
): Summary {
  const refused = graded.filter(isRefused);
  const ours = graded.filter(isOurs).length;
  const untried = graded.filter((one) => nothingTried(one, rest.leftOut)).map(({ submitted: { id } }) => id);
  return {
    submissions: rest.submissions,
    graded: graded.length - ours,
    kept: rest.kept,
    refused: refused.length,
    refusals: refused.map((one) => ({ id: one.submitted.id, why: whyRefused(one) })),
    unnamed: graded.flatMap(({ submitted: { id, unnamed } }) => (unnamed ? [id] : [])),
    untried: untried.length,
    untriedSubmissions: untried,
    ours,
    leftOut: rest.leftOut,
    notUploaded: rest.rows.others,
    uploads: hasUploads(rest.leftOut, rest.rows),
    seconds: rest.seconds,
    interrupted: rest.interrupted,
    out: rest.out,
  };
}

/** The same for a terminal, a sentence to a line. */
export function summaryText(summary: Summary): string {
  const { graded, submissions, kept, refused, untried, ours, seconds, out } = summary;
  return [
    `${graded} of ${counted(submissions, 'submission')} graded in ${seconds} s${kept > 0 ? `, ${kept} of them before` : ''}${refused > 0 ? `; ${refused} refused` : ''}${untried > 0 ? `; nothing to grade found in ${untried}` : ''}.`,
    ...refusedLines(summary),
    ...untriedLines(summary),
    ...unnamedLines(summary),
    ...(graded + ours > 0
      ? [`${join(out, 'class.html')} shows the class, ${join(out, 'grades.csv')} the grades.`]
      : []),
    ...uploadLines(summary),
  ].join('\n');
}

/** What there is to upload, where that is not every grade. */
function uploadLines({ leftOut, notUploaded, uploads }: Summary): string[] {
  const nothing = 'Nothing is there to upload to Gradescope or Canvas, since';
  if (leftOut.length > 0) return [`${nothing} not all have ${leftOut.join(', ')} graded.`];
  if (notUploaded.length === 0) return [];
  if (!uploads) return [`${nothing} no row of grades.csv has a SID or an email to find somebody by.`];
  const [have, it] = notUploaded.length === 1 ? ['has', 'it'] : ['have', 'them'];
  const names = firstOf(notUploaded.map(named), MOST_NOT_UPLOADED);
  return [
    `${counted(notUploaded.length, 'row')} of grades.csv ${have} neither SID nor email, so grades-gradescope.csv and grades-canvas.csv leave ${it} out; enter by hand: ${names}.`,
  ];
}

/** A line for each of the first of them under a heading, and how many more the page lists; nothing of none. */
function listedLines<T>(
  heading: string,
  all: readonly T[],
  most: number,
  line: (one: T) => string,
): string[] {
  if (all.length === 0) return [];
  const more = all.length - most;
  return [
    heading,
    ...all.slice(0, most).map((one) => `  ${line(one)}`),
    ...(more > 0 ? [`  and ${more} more, which class.html lists`] : []),
  ];
}

/** What of a class could not be compared, named as far as there are few of them. */
export const leftOutLines = ({ leftOut }: Similar): string[] =>
  listedLines(
    'Who is like whom was found out without these:',
    leftOut,
    MOST_LEFT_OUT,
    ({ what, why }) => `${named(what)}: ${printable(why, MOST_CHARACTERS)}`,
  );

const refusedLines = ({ refusals }: Summary): string[] =>
  listedLines(
    'Refused, with 0 points in the grades:',
    refusals,
    MOST_REFUSED,
    ({ id, why }) => `${named(id)}: ${printable(why, MOST_CHARACTERS)}`,
  );

const untriedLines = ({ untriedSubmissions: ids }: Summary): string[] =>
  ids.length === 0
    ? []
    : [
        `No check found work to judge in ${firstOf(ids.map(named), MOST_UNTRIED)}: look before zeros are published.`,
      ];

const unnamedLines = ({ unnamed }: Summary): string[] =>
  unnamed.length === 0
    ? []
    : [
        `${METADATA} names nobody for ${counted(unnamed.length, 'submission')}, which grades.csv has by id alone: ${firstOf(unnamed.map(named), MOST_UNNAMED)}.`,
      ];
