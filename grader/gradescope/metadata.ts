import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * `submission_metadata.json`. Its form is subject to change: a key that is missing, unknown or of another type never
 * stops a run, it only leaves out what would have been made of it.
 */
export interface SubmissionMetadata {
  readonly id?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly method?: string | undefined;
  /** How many students submit together. */
  readonly users: number;
  readonly assignment: {
    readonly title?: string | undefined;
    readonly dueDate?: Date | undefined;
    readonly lateDueDate?: Date | undefined;
    readonly totalPoints?: number | undefined;
  };
  /** Earliest first. */
  readonly previous: readonly PreviousSubmission[];
}

export interface PreviousSubmission {
  readonly time?: Date | undefined;
  readonly score?: number | undefined;
  /** The autograder failed on it, so it counts for nothing and against nobody. */
  readonly autograderError: boolean;
  /** Its results.json as Gradescope keeps it; on the latest one only. */
  readonly results?: Readonly<Record<string, unknown>> | undefined;
}

/** Without metadata, as when a run is started by hand. */
export const NO_METADATA: SubmissionMetadata = { users: 0, assignment: {}, previous: [] };

const date = z
  .string()
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()))
  .optional()
  .catch(undefined);
const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
/** Points come as numbers and as texts such as "20.0". */
const points = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .refine(Number.isFinite)
  .optional()
  .catch(undefined);

const previousSubmission = z
  .object({
    submission_time: date,
    score: points,
    autograder_error: z.boolean().catch(false),
    results: z.record(z.string(), z.unknown()).optional().catch(undefined),
  })
  .transform((it) => ({
    time: it.submission_time,
    score: it.score,
    autograderError: it.autograder_error,
    results: it.results,
  }))
  .optional()
  .catch(undefined);

/** A student's own dates, where somebody gave them other ones than the rest; one that is missing is the assignment's. */
const user = z
  .object({ assignment: z.object({ due_date: date, late_due_date: date }) })
  .transform(({ assignment: own }) => own)
  .optional()
  .catch(undefined);

/** The latest; of a group the one who has longest decides. */
function latest(dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.filter((one) => one !== undefined).toSorted((a, b) => b.getTime() - a.getTime())[0];
}

const schema = z.object({
  id: text,
  created_at: date,
  submission_method: text,
  users: z.array(user).catch([]),
  assignment: z
    .object({ title: text, due_date: date, late_due_date: date, total_points: points })
    .catch({ title: undefined, due_date: undefined, late_due_date: undefined, total_points: undefined }),
  previous_submissions: z.array(previousSubmission).catch([]),
});

/** @param value what JSON.parse made of the file; anything at all */
export function parseMetadata(value: unknown): SubmissionMetadata {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return NO_METADATA;
  const { assignment, previous_submissions: previous, ...rest } = parsed.data;
  const dateOf = (name: 'due_date' | 'late_due_date'): Date | undefined =>
    latest(rest.users.map((own) => own?.[name] ?? assignment[name])) ?? assignment[name];
  return {
    id: rest.id,
    createdAt: rest.created_at,
    method: rest.submission_method,
    users: rest.users.length,
    assignment: {
      title: assignment.title,
      dueDate: dateOf('due_date'),
      lateDueDate: dateOf('late_due_date'),
      totalPoints: assignment.total_points,
    },
    previous: previous
      .filter((one) => one !== undefined)
      .toSorted((a, b) => (a.time?.getTime() ?? 0) - (b.time?.getTime() ?? 0)),
  };
}

/** The file's metadata, and what was wrong with the file if something was. Never throws. */
export function readMetadata(path: string): { metadata: SubmissionMetadata; trouble?: string } {
  try {
    return { metadata: parseMetadata(JSON.parse(readFileSync(path, 'utf8'))) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      metadata: NO_METADATA,
      trouble: `${path} cannot be read (${why}); rules about time and number do not apply`,
    };
  }
}
