import { z } from 'zod';

const fingerprints = z.record(z.string(), z.string());

/** A wrong solution that is known, by what it returns in a part where the checks of a half look. */
const mistake = z.strictObject({
  /** Its folder's name, where the staff alone reads it. */
  name: z.string().optional(),
  /** What was likely done, in the words of a student. */
  cause: z.string().min(1),
  /** By place: what it returns there, where that is not right. */
  returns: fingerprints,
});
export type Mistake = z.output<typeof mistake>;

/** `known-mistakes/<part>.json` of a half: what wrong solutions that are known return on its cases. */
export const knownMistakes = z.strictObject({
  format: z.literal(1),
  /** By place: what a right solution returns. */
  right: fingerprints,
  mistakes: z.array(mistake),
});
export type KnownMistakes = z.output<typeof knownMistakes>;
