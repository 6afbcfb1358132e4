import { z } from 'zod';
import { indexAt } from '../../numeric/index.ts';
import { short } from './bounds.ts';
import type { PropertyKind } from './finding.ts';

const schema = z
  .strictObject({
    property: z.literal('range'),
    /** Every value is at least this; `min: 0` for values that must not be negative. */
    min: z.number().optional(),
    /** Every value is at most this. */
    max: z.number().optional(),
    /** How far values may lie outside, for rounding. */
    slack: z.number().nonnegative().default(1e-6),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'min or max must be given');

/** Every value lies in a range. */
export const range: PropertyKind<typeof schema> = {
  schema,
  judge({ min = -Infinity, max = Infinity, slack }, { name, tensor }) {
    let count = 0;
    let worst = { offset: 0, excess: 0 };
    tensor.data.forEach((value: number, offset: number) => {
      const excess = Math.max(min - value, value - max);
      if (excess > slack) count++;
      if (excess > worst.excess) worst = { offset, excess };
    });
    const limits = [
      ...(min === -Infinity ? [] : [`at least ${short(min)}`]),
      ...(max === Infinity ? [] : [`at most ${short(max)}`]),
    ].join(' and ');
    const used = slack > 0 ? Math.min(worst.excess / slack, 1e6) : undefined;
    if (count === 0) return { holds: true, summary: '', detail: `${name} is ${limits}`, used };
    const place =
      tensor.shape.length > 0 ? ` at [${indexAt({ ...worst, shape: tensor.shape }).join(',')}]` : '';
    const received = short(tensor.data[worst.offset]);
    return {
      holds: false,
      summary: `${name} has values outside of the range that they must lie in`,
      detail: `${name}: ${count} of ${tensor.data.length} values are outside: they must be ${limits}; worst${place}: ${received}`,
      used,
    };
  },
};
