import { z } from 'zod';
import { printable } from '../format/printable.ts';
import { MiB } from '../format/units.ts';
import type { CheckResult, GradeReport } from '../report/grade-report.ts';

const excerpt = z.object({
  path: z.string(),
  line: z.number(),
  first: z.number(),
  lines: z.array(z.string()),
});

const checkData = z.object({
  /** How much of its tolerance the comparison used. */
  used: z.number().optional(),
  /** What the student reads, where pictures beside it make another text of it. */
  message: z.array(z.string()).optional(),
  /** What is kept from students of a private check. */
  staffOnly: z.array(z.string()).optional(),
  excerpt: excerpt.optional(),
  /** No call returned anything to look at. */
  returnedNothing: z.literal(true).optional(),
});
type CheckData = z.infer<typeof checkData>;

/** What the staff may know of a run beside what a student reads: `extra_data.staff` of results.json. */
export const staffData = z.object({
  /** Wall time of each part, seconds. */
  seconds: z.record(z.string(), z.number()),
  /** Most memory of the processes of each part, MiB; of parts where something of it was seen. */
  mebibytes: z.record(z.string(), z.number()).default({}),
  /** By `part/check`; of checks about which there is something to tell. */
  checks: z.record(z.string(), checkData),
  /** Checks of which more than the share of the tolerance was left out, so that it stays small. */
  leftOut: z.number(),
});
export type StaffData = z.infer<typeof staffData>;

/** Of all checks together, characters of JSON. */
const MOST_CHARACTERS = 60_000;
const MOST_LINES = 14;
const LONGEST_LINE = 400;

const shortened = (lines: readonly string[]): string[] =>
  lines.slice(0, MOST_LINES).map((line) => printable(line, LONGEST_LINE));

/** What is kept of every check, however many there are. */
const alwaysOf = ({ used, returnedNothing }: CheckResult): Pick<CheckData, 'used' | 'returnedNothing'> => ({
  ...(used === undefined ? {} : { used: Number(used.toPrecision(3)) }),
  ...(returnedNothing ? { returnedNothing } : {}),
});

function toldOf(check: CheckResult): CheckData {
  const { pictures, message, staffOnly, excerpt: place } = check;
  return {
    ...alwaysOf(check),
    ...(pictures ? { message: shortened(message) } : {}),
    ...(staffOnly ? { staffOnly: shortened(staffOnly.message) } : {}),
    ...(place ? { excerpt: { ...place, lines: [...place.lines] } } : {}),
  };
}

/** What a report has for the staff alone, in at most some 80 kB. */
export function staffDataOf({ parts }: Pick<GradeReport, 'parts'>): StaffData {
  let room = MOST_CHARACTERS;
  let leftOut = 0;
  const checks = parts.flatMap((part) =>
    part.checks.flatMap((check): [string, CheckData][] => {
      const told = toldOf(check);
      const size = JSON.stringify(told).length;
      const fits = size <= room;
      if (fits) room -= size;
      else leftOut++;
      const kept = fits ? told : alwaysOf(check);
      return Object.keys(kept).length === 0 ? [] : [[`${check.part}/${check.id}`, kept]];
    }),
  );
  const seconds = parts.map(({ id, seconds: took }): [string, number] => [id, Math.round(took * 10) / 10]);
  const mebibytes = parts.flatMap(({ id, peakBytes }): [string, number][] =>
    peakBytes === undefined ? [] : [[id, Math.round(peakBytes / MiB)]],
  );
  return {
    seconds: Object.fromEntries(seconds),
    mebibytes: Object.fromEntries(mebibytes),
    checks: Object.fromEntries(checks),
    leftOut,
  };
}
