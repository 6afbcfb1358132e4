import { z } from 'zod';
import { selector } from '../../format/selector.ts';
import { checkBase, partial, tolerance } from '../check-base.ts';
import { compareWith, judgeCloseness } from '../compare.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckKind } from '../kind.ts';
import { expectedValue, receivedValue } from '../resolve-value.ts';
import type { Verdict } from '../verdict.ts';
import { consistency, consistentTensor, ownOf, selectorsOf } from './consistency.ts';
import { numberOffByFactor } from './number-off-by-factor.ts';

const schema = z.strictObject({
  kind: z.literal('tensor-close'),
  ...checkBase,
  case: z.string(),
  /** The tensor to compare; a number where the reference returns a number. */
  value: selector,
  ...tolerance,
  partial: partial.optional(),
  /** What is right, too: a combination of what the student's own functions returned on the same input. */
  orConsistentWith: consistency.optional(),
  /**
   * For one number: a tensor of the same case, such as the gradient, that shows whether the number is off by a constant
   * factor, which earns half the points as it does for tensors.
   */
  factorSeenIn: selector.optional(),
});
type TensorClose = z.output<typeof schema>;

function judge(check: TensorClose, evidence: Evidence): Verdict {
  const verdict = judgeCloseness(check, evidence);
  if (verdict.outcome !== 'failed') return verdict;
  if (check.orConsistentWith) {
    const { tensor: expected } = expectedValue(evidence, check);
    const received = receivedValue(evidence, check, { wanted: 'a tensor' });
    const { atol, rtol } = check;
    const own = consistentTensor(check.orConsistentWith, check.case, { expected, atol, rtol }, evidence);
    if (received.ok && own) {
      const consistent = compareWith({ actual: received.tensor, expected: own, atol, rtol });
      if (consistent.outcome === 'passed') {
        return {
          outcome: 'passed',
          note: 'consistent with what your own function returns, which is judged in its own part',
        };
      }
    }
  }
  return check.factorSeenIn
    ? numberOffByFactor(verdict, { ...check, seenIn: check.factorSeenIn }, evidence)
    : verdict;
}

/** A returned tensor against the reference's: dtype, shape, finiteness, then values within the tolerance. */
export const tensorClose: CheckKind<typeof schema> = {
  schema,
  judge,
  expected: (check) => [
    check,
    ...[
      ...(check.factorSeenIn ? [check.factorSeenIn] : []),
      ...(check.orConsistentWith ? ownOf(check.orConsistentWith) : []),
    ].map((value) => ({ case: check.case, value })),
  ],
  values: (check) => [
    check,
    ...[
      ...(check.factorSeenIn ? [check.factorSeenIn] : []),
      ...(check.orConsistentWith ? selectorsOf(check.orConsistentWith) : []),
    ].map((value) => ({ case: check.case, value })),
  ],
  cases: (check) => [check.case],
};
