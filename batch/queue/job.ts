import { z } from 'zod';
import { sha256 } from '../../grader/format/sha256.ts';
import type { Grading } from '../store/grading-key.ts';
import { entrySchema } from '../store/journal.ts';
import { settingsSchema } from '../workers/messages.ts';

/** What a worker elsewhere is told of a submission. Assignment and template are its own, and the queue's name says which; so are its devices. */
export const jobSchema = z.object({
  settings: settingsSchema.omit({ assignment: true, template: true, root: true, device: true }),
  runs: z.number(),
  /** Where submission and results lie, on all machines alike; else both go through Redis. */
  shared: z.object({ path: z.string(), out: z.string(), root: z.string() }).optional(),
});
export type JobData = z.infer<typeof jobSchema>;

/** What it answers. */
export const endedSchema = entrySchema.omit({ id: true, key: true, report: true }).extend({
  kept: z.boolean(),
  /** Why its results do not come through Redis. */
  tooLarge: z.string().optional(),
});
export type Answered = z.infer<typeof endedSchema>;

const PREFIX = 'introspection';
const DIGITS = 12;

/** What batch and worker must have in common: twelve digits over assignment, template and grader. */
export function versionOf({ assignment, grader }: Pick<Grading, 'assignment' | 'grader'>): string {
  return sha256(Buffer.from(`${assignment} ${grader}`)).slice(0, DIGITS);
}

export const queueOf = (version: string): string => `${PREFIX}-${version}`;
export const submissionKey = (version: string, job: string): string =>
  `${PREFIX}:${version}:submission:${job}`;
export const resultsKey = (version: string, job: string): string => `${PREFIX}:${version}:results:${job}`;

/** Workers write themselves down here, for a while. */
export const workerKey = (name: string): string => `${PREFIX}:worker:${name}`;
export const ALL_WORKERS = workerKey('*');
export const workerSchema = z.object({ version: z.string(), host: z.string(), jobs: z.number() });

/** What nobody has asked for is forgotten, seconds. */
export const KEPT_SECONDS = 7 * 86_400;
