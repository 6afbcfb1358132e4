import { z } from 'zod';
import { checkBase, partial, tolerance } from '../check-base.ts';
import { judgeCloseness } from '../compare.ts';
import type { CheckKind } from '../kind.ts';
import type { ValueOf } from '../resolve-value.ts';

const schema = z.strictObject({
  kind: z.literal('gradient-close'),
  ...checkBase,
  case: z.string(),
  /** The call whose gradient is compared; its plan names the argument. */
  call: z.string(),
  ...tolerance,
  partial: partial.optional(),
});

function gradientOf(check: z.output<typeof schema>): ValueOf {
  return { case: check.case, value: { call: check.call, gradient: true } };
}

/** The gradient of the student's function with respect to an argument against the reference's. */
export const gradientClose: CheckKind<typeof schema> = {
  schema,
  judge: (check, evidence) => judgeCloseness({ ...check, ...gradientOf(check) }, evidence),
  expected: (check) => [gradientOf(check)],
  values: (check) => [gradientOf(check)],
  cases: (check) => [check.case],
};
