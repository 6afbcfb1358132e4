import { z } from 'zod';

/** Gradescope cuts a longer text in its middle. */
export const GRADESCOPE_TEXT_LIMIT = 100_000;

const text = z.string().max(GRADESCOPE_TEXT_LIMIT);
const format = z.enum(['text', 'html', 'simple_format', 'md', 'ansi']);
const visibility = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);

/** The fields of one test. */
export const gradescopeTest = z
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
  .partial();

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
    tests: z.array(gradescopeTest),
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
export type GradescopeTest = z.infer<typeof gradescopeTest>;
