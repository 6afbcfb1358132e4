import { z } from 'zod';
import { sum, type CheckResult, type GradeReport, type Notice, type PartResult } from './grade-report.ts';

/** Gradescope cuts longer texts in the middle. */
const MAX_TEXT = 90_000;

const text = z.string().max(100_000);
const format = z.enum(['text', 'html', 'simple_format', 'md', 'ansi']);
const visibility = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);

/** The results.json that Gradescope reads, as its autograder documentation describes it. */
export const gradescopeResults = z
  .strictObject({
    score: z.number(),
    execution_time: z.number().nonnegative(),
    output: text,
    output_format: format,
    test_output_format: format,
    test_name_format: format,
    visibility,
    stdout_visibility: visibility,
    extra_data: z.record(z.string(), z.unknown()),
    tests: z.array(
      z
        .strictObject({
          score: z.number(),
          max_score: z.number().nonnegative(),
          status: z.enum(['passed', 'failed']),
          name: text,
          name_format: format,
          number: z.string(),
          output: text,
          output_format: format,
          tags: z.array(z.string()),
          visibility,
          extra_data: z.record(z.string(), z.unknown()),
        })
        .partial(),
    ),
    leaderboard: z.array(
      z.strictObject({
        name: z.string(),
        value: z.union([z.number(), z.string()]),
        order: z.enum(['asc', 'desc']).optional(),
      }),
    ),
  })
  .partial()
  .refine(
    (results) => results.score !== undefined || results.tests !== undefined,
    'score or tests must be there',
  );
export type GradescopeResults = z.infer<typeof gradescopeResults>;

type Test = NonNullable<GradescopeResults['tests']>[number];

function clip(lines: readonly string[]): string {
  const whole = lines.join('\n').replaceAll('\0', '');
  return whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT)}\n… (cut)` : whole;
}

function testOf(check: CheckResult, number: string, part: PartResult): Test {
  const bonus = check.bonus ? ' (bonus)' : '';
  return {
    number,
    name: `${part.title}: ${check.title}${bonus}`,
    score: check.earned,
    // Points beyond the assignment's total would otherwise raise the total itself.
    max_score: check.bonus ? 0 : check.points,
    status: check.outcome === 'passed' ? 'passed' : 'failed',
    output: clip(check.message),
    output_format: 'text',
    visibility: 'visible',
    extra_data: { check: `${check.part}/${check.id}`, outcome: check.outcome, group: check.visibility },
  };
}

function headline(report: GradeReport): string[] {
  const attempted = report.parts.some((part) =>
    part.checks.some((check) => check.outcome !== 'not-attempted'),
  );
  const lines = [`${report.assignment.title}: ${report.score} of ${report.points} points`];
  if (report.state === 'running') {
    lines.push('The grader had not finished when this was written: what was graded by then counts.');
  }
  if (report.state === 'complete' && !attempted) {
    lines.push('This is the template as it was handed out: no function has been written yet. Good luck!');
  }
  const errored = report.parts.flatMap((part) => part.checks).filter((check) => check.outcome === 'errored');
  if (errored.length > 0) {
    lines.push(
      `${errored.length} checks could not be judged; this is the grader’s fault. Please contact the staff.`,
    );
  }
  return lines;
}

function noticeLine(notice: Notice): string {
  return `${notice.severity === 'warning' ? 'Warning: ' : ''}${notice.text}`;
}

/** The report as Gradescope's results.json. A pure function; the result always satisfies the schema. */
export function toGradescope(report: GradeReport): GradescopeResults {
  const tests = report.parts.flatMap((part, p) =>
    part.checks.map((check, c) => testOf(check, `${p + 1}.${c + 1}`, part)),
  );
  const table = report.parts.map((part) => `${part.title}: ${part.earned} of ${part.points}`);
  return gradescopeResults.parse({
    score: report.score,
    execution_time: sum([report.seconds]),
    output: clip([...headline(report), '', ...table, '', ...report.notices.map(noticeLine)]),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests,
    extra_data: {
      assignment: report.assignment.id,
      state: report.state,
      submission_sha256: report.submission.sha256,
      ...report.environment,
    },
  });
}
