import { z } from 'zod';
import { short } from './bounds.ts';
import type { PropertyKind } from './finding.ts';

const schema = z.strictObject({
  property: z.literal('monotone'),
  direction: z.enum(['rising', 'falling']),
  /** How far a value may step back from the one before. */
  slack: z.number().nonnegative().default(0),
});

/** Each value of a sequence is at least (at most) the one before. */
export const monotone: PropertyKind<typeof schema> = {
  schema,
  judge({ direction, slack }, { name, tensor }) {
    const sign = direction === 'rising' ? 1 : -1;
    let worst = { at: 0, back: 0 };
    for (let i = 1; i < tensor.data.length; i++) {
      const back = sign * (tensor.data[i - 1] - tensor.data[i]);
      if (back > worst.back) worst = { at: i, back };
    }
    const { at, back } = worst;
    const used = slack > 0 ? Math.min(back / slack, 1e6) : undefined;
    if (back <= slack) return { holds: true, summary: '', detail: `${name} is ${direction}`, used };
    return {
      holds: false,
      summary: `${name} is not ${direction} throughout`,
      detail: `${name} must be ${direction}; from place ${at - 1} to ${at} it goes from ${short(tensor.data[at - 1])} to ${short(tensor.data[at])}`,
      used,
    };
  },
};
