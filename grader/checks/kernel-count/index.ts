import { z } from 'zod';
import { checkBase } from '../check-base.ts';
import { outcomeOf, verdictOnFailure } from '../verdict-on-failure.ts';
import type { CheckKind } from '../kind.ts';

const schema = z.strictObject({
  kind: z.literal('kernel-count'),
  ...checkBase,
  case: z.string(),
  /** An observed call on a small input. */
  small: z.string(),
  /** An observed call on a larger input of the same rank. */
  large: z.string(),
  /** How many more kernels the larger input may take. */
  maxGrowth: z.number().int().nonnegative().default(0),
});

/** Vectorization: the work is done by tensor operations whose number does not grow with the image. */
export const kernelCount: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const counts = [];
    for (const call of [check.small, check.large]) {
      const outcome = outcomeOf(evidence, check.case, call);
      if (outcome.kind !== 'returned') return verdictOnFailure(outcome);
      if (!outcome.observed) return { outcome: 'errored', message: `${check.case}/${call} is not observed` };
      counts.push(outcome.observed);
    }
    const [small, large] = counts;
    if (small.reads > 0 || large.reads > 0) {
      const summary = 'tensor values are read into JavaScript (dataSync, arraySync)';
      return {
        outcome: 'failed',
        kind: 'values',
        summary,
        details: [`${summary} ${large.reads} times; compute with tensor operations to the end`],
      };
    }
    if (large.kernels - small.kernels > check.maxGrowth) {
      const summary = 'the number of tensor operations grows with the size of the image';
      const details = [`${summary}: ${small.kernels} on the small one, ${large.kernels} on the large one`];
      return { outcome: 'failed', kind: 'values', summary, details };
    }
    return { outcome: 'passed' };
  },
  observed: (check) => [check.small, check.large].map((call) => ({ case: check.case, call })),
  cases: (check) => [check.case],
};
