import { z } from 'zod';
import { selector } from '../format/selector.ts';

/** One text for wrong values, or one for each kind of failure. */
const hint = z.union([
  z.string().min(1),
  z
    .strictObject({ 'no-result': z.string(), 'not-finite': z.string(), form: z.string(), values: z.string() })
    .partial(),
]);
export type Hint = z.infer<typeof hint>;

/** What every check has, whatever its kind. */
export const checkBase = {
  /** Unique in its part; with the part's id it names the check for good. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What the student reads: a statement that is true of a right solution. */
  title: z.string().min(1),
  points: z.number().nonnegative(),
  /** Points on top of the assignment's total. */
  bonus: z.boolean().optional(),
  /** Judged with the private half even though no case of it is private. */
  private: z.boolean().optional(),
  /** Checks of the same part that must pass first; otherwise this one is skipped. */
  requires: z.array(z.string()).optional(),
  /** Shown when the check fails; for private checks too, so it names no expected value. */
  hint: hint.optional(),
  /**
   * Judged only where these values of the submission are finite, of the right shape, not all the same and none of the
   * inputs, whatever they are: for what asks how code is written rather than what it computes.
   */
  plausible: z.array(z.strictObject({ case: z.string(), value: selector })).optional(),
};

/** Half right earns half, unless this is false: where an input of the call is right but for a factor, say. */
export const partial = z.boolean();

/** A tolerance: values agree when `|actual - expected| <= atol + rtol * |expected|`. */
export const tolerance = { atol: z.number().nonnegative(), rtol: z.number().nonnegative() };
