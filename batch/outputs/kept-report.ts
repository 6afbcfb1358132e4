import { z } from 'zod';
import { INCIDENT_KINDS } from '../../grader/format/incident.ts';
import { readJson } from '../../grader/format/read-json.ts';

const checkSchema = z.object({
  id: z.string(),
  title: z.string(),
  half: z.enum(['public', 'private']),
  outcome: z.enum(['passed', 'failed', 'skipped', 'errored', 'not-attempted']),
  earned: z.number(),
  points: z.number(),
  message: z.array(z.string()),
});

const partSchema = z.object({
  id: z.string(),
  title: z.string(),
  earned: z.number(),
  points: z.number(),
  seconds: z.number(),
  checks: z.array(checkSchema),
});

/** What right code never brings about. */
const incidentSchema = z.object({
  kind: z.enum(INCIDENT_KINDS),
  what: z.string(),
  part: z.string(),
  count: z.number(),
});

const reportSchema = z.object({
  assignment: z.object({ id: z.string(), title: z.string() }),
  /** How many files of it are graded, and whether each is the template's. */
  submission: z.object({ files: z.number(), untouched: z.boolean() }).partial().optional(),
  state: z.enum(['running', 'complete', 'refused']),
  refusal: z.string().optional(),
  score: z.number(),
  points: z.number(),
  parts: z.array(partSchema),
  incidents: z.array(incidentSchema).default([]),
  /** What was found wrong with its files, the most telling first. */
  notices: z.array(z.object({ text: z.string() })).optional(),
});

/** What a class's outputs take from the report of one submission. */
export type KeptReport = z.infer<typeof reportSchema>;
export type KeptCheck = z.infer<typeof checkSchema>;

/** @throws GraderError when it is not there, or not what this grader writes */
export function readReport(path: string): KeptReport {
  return readJson(path, reportSchema, 'remove it and run the batch again');
}
