import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Assignment, LoadedPart } from '../../grader/assignment/loaded.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { staffData, type StaffData } from '../../grader/gradescope/staff-data.ts';
import { INCIDENT_KINDS } from '../../grader/format/incident.ts';
import { printable } from '../../grader/format/printable.ts';
import { readNamedJson } from '../../grader/format/read-json.ts';
import { MiB } from '../../grader/format/units.ts';
import { unescapeMarkdown } from '../../grader/gradescope/markdown.ts';
import { CANNOT_BE_GRADED } from '../../grader/report/opening-remarks.ts';
import {
  addPoints,
  type CheckResult,
  type GradeReport,
  type PartResult,
} from '../../grader/report/grade-report.ts';
import { submissionOfResults } from './submission-of-results.ts';

const incident = z.object({
  kind: z.enum(INCIDENT_KINDS),
  what: z.string(),
  part: z.string(),
  case: z.string().optional(),
  call: z.string().optional(),
  checks: z.array(z.string()),
  count: z.number(),
});

const test = z.object({
  score: z.number(),
  output: z.string().default(''),
  output_format: z.string().optional(),
  extra_data: z.object({
    check: z.string(),
    outcome: z.enum(['passed', 'failed', 'skipped', 'errored', 'not-attempted']),
  }),
});
type Test = z.infer<typeof test>;

/** What of results.json of this grader says how each check ended; Gradescope adds to it and leaves out nothing. */
const resultsSchema = z.object({
  execution_time: z.number().default(0),
  output: z.string().default(''),
  tests: z.array(test),
  extra_data: z.object({
    assignment: z.string(),
    state: z.enum(['running', 'complete', 'refused']),
    submission_sha256: z.string().default(''),
    earned: z.number(),
    backend: z.string(),
    isolation: z.string().default('unknown'),
    versions: z.record(z.string(), z.string()).default({}),
    seed: z.string().default(''),
    incidents: z.object({ first: z.array(incident) }).default({ first: [] }),
    staff: staffData.default({ seconds: {}, mebibytes: {}, checks: {}, leftOut: 0 }),
  }),
});

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

function checksOf(part: LoadedPart, tests: ReadonlyMap<string, Test>, staff: StaffData): CheckResult[] {
  return part.checks.flatMap(({ check, half }): CheckResult[] => {
    const { id, title, points, bonus = false } = check;
    const found = tests.get(`${part.id}/${id}`);
    if (!found) return [];
    const { message, staffOnly, used, excerpt, returnedNothing } = staff.checks[`${part.id}/${id}`] ?? {};
    return [
      {
        ...{ id, part: part.id, title, half, points, bonus },
        outcome: found.extra_data.outcome,
        earned: found.score,
        message: message ?? linesOf(found.output),
        ...(used === undefined ? {} : { used }),
        ...(excerpt ? { excerpt } : {}),
        ...(returnedNothing ? { returnedNothing } : {}),
        ...(staffOnly ? { staffOnly: { message: staffOnly } } : {}),
      },
    ];
  });
}

/** Why a submission cannot be graded, as plain text out of the Markdown that Gradescope shows. */
function refusalIn(output: string): string {
  const paragraph = output.split('\n\n').find((one) => one.startsWith(CANNOT_BE_GRADED)) ?? output;
  return unescapeMarkdown(paragraph).replace(CANNOT_BE_GRADED, '');
}

/** What is expected where there are no results, and where they may be. */
function noResults(path: string): string {
  const beside = join(dirname(path), 'results.json');
  const instead =
    resolve(beside) !== resolve(path) && existsSync(beside) ? `, such as ${printable(beside)}` : '';
  return `${printable(path)} is no results of this grader: name a results.json of Gradescope, of a batch or of npm run grade${instead}`;
}

/** What some of the parts earned; a whole submission can be rejected, whatever its parts earned. */
const scoreOf = (parts: readonly Pick<PartResult, 'earned'>[], whole: { readonly earned: number }): number =>
  whole.earned === 0 ? 0 : addPoints(parts.map(({ earned }) => earned));

/**
 * The report that a results.json of this grader was made of, as far as it says: without pictures, maps and notices.
 * @throws UsageError when it is no such file, or of another assignment
 */
export function reportOfResults(path: string, assignment: Assignment): GradeReport {
  const results = readNamedJson(path, resultsSchema, () => noResults(path));
  const { extra_data: extra, tests } = results;
  if (extra.assignment !== assignment.id) {
    throw new UsageError(
      `${path} is of the assignment ${extra.assignment}: name its halves with --assignment`,
    );
  }
  const byCheck = new Map(tests.map((one) => [one.extra_data.check, one]));
  const parts = assignment.parts.flatMap((part) => {
    const checks = checksOf(part, byCheck, extra.staff);
    if (checks.length === 0) return [];
    const mebibytes = extra.staff.mebibytes[part.id];
    const points = addPoints(checks.map((check) => (check.bonus ? 0 : check.points)));
    return [
      {
        ...{ id: part.id, title: part.title, group: part.group, checks, points },
        files: part.solutionFiles.map((file) => file.path),
        earned: addPoints(checks.map(({ earned }) => earned)),
        seconds: extra.staff.seconds[part.id] ?? 0,
        ...(mebibytes === undefined ? {} : { peakBytes: mebibytes * MiB }),
        state: 'graded' as const,
      },
    ];
  });
  const { backend, isolation, versions, seed } = extra;
  const isWhole = parts.reduce((count, { checks }) => count + checks.length, 0) === tests.length;
  return {
    assignment: { id: assignment.id, title: assignment.title },
    submission: submissionOfResults(path, extra.submission_sha256),
    ...(extra.state === 'refused' ? { refusal: refusalIn(results.output) } : {}),
    state: extra.state,
    parts,
    score: isWhole ? extra.earned : scoreOf(parts, extra),
    points: addPoints(parts.map(({ points }) => points)),
    notices: [],
    incidents: extra.incidents.first,
    seconds: isWhole ? results.execution_time : parts.reduce((total, { seconds }) => total + seconds, 0),
    environment: { backend, isolation, versions, seed },
  };
}
