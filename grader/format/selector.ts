import { z } from 'zod';
import { valuePath } from './call-plan.ts';

/** Which value of a case a check looks at. */
export const selector = z.strictObject({
  /** Id of a call or of a derived call. */
  call: z.string(),
  path: valuePath.optional(),
  /** Look at the gradient the call returned instead of at its result. */
  gradient: z.boolean().optional(),
});
export type Selector = z.infer<typeof selector>;
