import { z } from 'zod';
import { check } from '../checks/index.ts';
import { casePlan } from '../format/call-plan.ts';
import { half } from './half.ts';
import { policy } from './policy.ts';
import { valueTree } from '../format/value-tree.ts';

export const part = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  group: z.string(),
  /** The files a student writes for it, with the functions each must export. */
  solutionFiles: z.array(z.strictObject({ path: z.string(), functions: z.array(z.string()) })),
  /** Other files a student fills in, such as a page of questions. */
  documents: z.array(z.string()).default([]),
  cases: z.array(casePlan),
  checks: z.array(check),
});
export type CompiledPart = z.infer<typeof part>;

/** How the data came about, so that a drift can be traced. */
export const provenance = z.strictObject({
  backend: z.string(),
  versions: z.record(z.string(), z.string()),
  /** SHA-256 over the part's reference files, by part. */
  sources: z.record(z.string(), z.string()),
});

/** One half, public or private, of a compiled assignment: `assignment.json`. */
export const assignmentFile = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  title: z.string(),
  seed: z.string(),
  visibility: half,
  /** Paths and simple globs that a submission may contain. */
  allow: z.array(z.string()),
  policy,
  parts: z.array(part),
  provenance,
});
export type AssignmentFile = z.infer<typeof assignmentFile>;

/** `meta.json` beside a case's tensors: what the reference returned and how it was made. */
export const caseMeta = z.strictObject({
  part: z.string(),
  case: z.string(),
  seed: z.string(),
  backend: z.string(),
  versions: z.record(z.string(), z.string()),
  /** SHA-256 over the solution and rubric that made it. */
  source: z.string(),
  inputs: z.record(z.string(), z.strictObject({ dtype: z.string(), shape: z.array(z.number()) })),
  /** Values of given code by the key of the argument that asks for them. */
  given: z.record(z.string(), valueTree).optional(),
  expected: z.record(
    z.string(),
    z.strictObject({ value: valueTree, gradient: z.string().optional(), kernels: z.number().optional() }),
  ),
});
export type CaseMeta = z.infer<typeof caseMeta>;
