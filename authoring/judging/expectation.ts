import { z } from 'zod';

/** `expect.json` of a typical mistake. */
export const expectation = z.strictObject({
  part: z.string(),
  /** Checks of the part that must fail. */
  fails: z.array(z.string()).min(1),
  /** Checks that are skipped because they require one of those. */
  skips: z.array(z.string()).default([]),
  /** Of those, checks by which it is hardly told from a right solution, since it nearly is one: no measure of a tolerance. */
  nearly: z.array(z.string()).optional(),
  /** Points that remain, where half right earns half. */
  keeps: z.number().nonnegative().optional(),
  /** What takes the place of these three where the course is one on a network of its own. */
  course: z
    .strictObject({
      fails: z.array(z.string()).min(1),
      skips: z.array(z.string()).default([]),
      keeps: z.number().nonnegative().optional(),
      /** Why it is another than on the embedded networks. */
      why: z.string(),
    })
    .optional(),
  /** What a student who makes this mistake needs to read. */
  hint: z.string().optional(),
  /** What was likely done, in the words that such a student reads; the same for mistakes that come to the same. */
  cause: z.string().optional(),
  /** Simple relations of the result to the expected one that tell this mistake as well: `factor`, `sign`, `one-item`. */
  relations: z.array(z.string()).optional(),
});
export type Expectation = z.output<typeof expectation>;

/** The networks that a course looks into: those that come with the project, or one of its own. */
export type Networks = 'embedded' | 'own';

/** What is expected of a mistake where it is graded. */
export function expectedOn(
  networks: Networks,
  { course, ...embedded }: Expectation,
): Pick<Expectation, 'fails' | 'skips' | 'keeps'> {
  return networks === 'own' && course !== undefined ? course : embedded;
}
