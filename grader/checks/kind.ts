import type { z } from 'zod';
import type { Evidence } from './evidence.ts';
import type { ValueOf } from './resolve-value.ts';
import type { Verdict } from './verdict.ts';

/** A call of a case that is observed while it runs. */
export interface ObservedCall {
  readonly case: string;
  readonly call: string;
}

/**
 * A kind of check: the form of its entry in an assignment, and how evidence is judged by it. Kinds are one folder
 * each, listed in `index.ts`. A judge is a pure function: it compares what came back with what the fixtures hold.
 */
export interface CheckKind<Schema extends z.ZodType> {
  readonly schema: Schema;
  judge(check: z.output<Schema>, evidence: Evidence): Verdict;
  /** The reference's values that it compares with; the fixtures hold these and no others. */
  expected?(check: z.output<Schema>): readonly ValueOf[];
  /** The values of the submission that it looks at. */
  values?(check: z.output<Schema>): readonly ValueOf[];
  /** The calls whose counts of operations and tensors it looks at. */
  observed?(check: z.output<Schema>): readonly ObservedCall[];
  /** The cases whose calls must have been made. */
  cases(check: z.output<Schema>): readonly string[];
}
