import { z } from 'zod';
import { checkBase, tolerance } from '../check-base.ts';
import { selector } from '../../format/selector.ts';
import { judgeCloseness } from '../compare.ts';
import type { CheckKind } from '../kind.ts';

const schema = z.strictObject({
  kind: z.literal('tensor-close'),
  ...checkBase,
  case: z.string(),
  /** The tensor to compare; a number where the reference returns a number. */
  value: selector,
  ...tolerance,
});

/** A returned tensor against the reference's: dtype, shape, finiteness, then values within the tolerance. */
export const tensorClose: CheckKind<typeof schema> = {
  schema,
  judge: judgeCloseness,
  expected: (check) => [check],
  cases: (check) => [check.case],
};
