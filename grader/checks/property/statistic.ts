import { z } from 'zod';
import { bounds, hasBound, judgeBounds, NO_BOUND, short } from './bounds.ts';
import type { PropertyKind } from './finding.ts';
import { operand } from './operand.ts';
import { statistics, type StatisticName } from './statistics.ts';

const schema = z
  .strictObject({
    property: z.literal('statistic'),
    of: z.enum(Object.keys(statistics) as [StatisticName, ...StatisticName[]]),
    /**
     * Bounds hold for the ratio to the same statistic of other values: `total-variation` at most 0.5 of the one
     * of the picture made without a regularizer.
     */
    relativeTo: operand.optional(),
    /** For `total-variation`: the axes with neighbours. Default: 1 and 2 from rank 3 on, else all. */
    axes: z.array(z.number().int().nonnegative()).optional(),
    ...bounds,
  })
  .refine(hasBound, NO_BOUND);

/** A number that sums up the values lies within bounds, as it is or relative to that of other values. */
export const statistic: PropertyKind<typeof schema> = {
  schema,
  operand: ({ relativeTo }) => relativeTo,
  judge({ of, axes, ...bound }, { name, tensor }, other) {
    const { words, of: measure } = statistics[of];
    const value = measure(tensor, axes);
    const what = `the ${words} of ${name}`;
    if (!other) return judgeBounds(what, value, bound);
    const base = measure(other.tensor, axes);
    if (base === 0) {
      const summary = `the ${words} of ${other.name} is 0`;
      return { holds: false, summary, detail: summary };
    }
    const finding = judgeBounds(`${what} relative to that of ${other.name}`, value / base, bound);
    return { ...finding, detail: `${finding.detail} (${short(value)} and ${short(base)})` };
  },
};
