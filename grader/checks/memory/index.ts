import { z } from 'zod';
import type { Observation } from '../../format/messages.ts';
import { checkBase } from '../check-base.ts';
import { outcomeOf, verdictOnFailure } from '../verdict-on-failure.ts';
import type { CheckKind } from '../kind.ts';
import type { Verdict } from '../verdict.ts';

const schema = z.strictObject({
  kind: z.literal('memory'),
  ...checkBase,
  case: z.string(),
  /** An observed call. */
  call: z.string(),
  maxLeftover: z.number().int().nonnegative().default(0),
  /** Its arguments, which belong to the caller, must come out of the call as they were. */
  keepsArguments: z.boolean().default(false),
});

const WHAT_BECAME_OF_ARGUMENTS = {
  disposed: {
    summary: 'a tensor that the function was given is disposed of',
    advice: 'Dispose only of tensors that the function made itself: the others belong to whoever called it.',
  },
  changed: {
    summary: 'what the function was given is changed by the call',
    advice:
      'Arguments belong to whoever called the function: make a copy before writing to the values of a tensor, a list or an object.',
  },
} as const satisfies Record<Exclude<Observation['args'], 'intact'>, unknown>;

/** What a call does to memory: tensors that it leaves behind apart from what it returns, and its arguments. */
export const memory: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const outcome = outcomeOf(evidence, check.case, check.call);
    if (outcome.kind !== 'returned') return verdictOnFailure(outcome);
    if (!outcome.observed)
      return { outcome: 'errored', message: `${check.case}/${check.call} is not observed` };
    const { leftover, args } = outcome.observed;
    // Where an argument is disposed of, the count is off by it.
    if (check.keepsArguments && args !== 'intact') {
      const { summary, advice } = WHAT_BECAME_OF_ARGUMENTS[args];
      return failed(summary, { details: [summary], diagnosis: advice });
    }
    if (leftover <= check.maxLeftover) return { outcome: 'passed' };
    const summary = 'tensors are left behind after the call';
    return failed(summary, {
      details: [`${leftover} ${summary}; wrap the computation in tf.tidy or dispose of them`],
    });
  },
  observed: (check) => [{ case: check.case, call: check.call }],
  cases: (check) => [check.case],
};

/** The texts hold on any input, so a private check shows them, too. */
function failed(
  summary: string,
  rest: { readonly details: readonly string[]; readonly diagnosis?: string },
): Verdict {
  return { outcome: 'failed', kind: 'own-text', summary, ...rest };
}
