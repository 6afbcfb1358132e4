import { z } from 'zod';
import { checkBase } from '../check-base.ts';
import { outcomeOf, verdictOnFailure } from '../verdict-on-failure.ts';
import type { CheckKind } from '../kind.ts';

const schema = z.strictObject({
  kind: z.literal('memory'),
  ...checkBase,
  case: z.string(),
  /** An observed call. */
  call: z.string(),
  maxLeftover: z.number().int().nonnegative().default(0),
});

/** Tensors that a call leaves behind apart from what it returns. */
export const memory: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const outcome = outcomeOf(evidence, check.case, check.call);
    if (outcome.kind !== 'returned') return verdictOnFailure(outcome);
    if (!outcome.observed)
      return { outcome: 'errored', message: `${check.case}/${check.call} is not observed` };
    const { leftover } = outcome.observed;
    if (leftover > check.maxLeftover) {
      const summary = 'tensors are left behind after the call';
      return {
        outcome: 'failed',
        kind: 'values',
        summary,
        details: [`${leftover} ${summary}; wrap the computation in tf.tidy or dispose of them`],
      };
    }
    return { outcome: 'passed' };
  },
  cases: (check) => [check.case],
};
