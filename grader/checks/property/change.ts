import { z } from 'zod';
import { bounds, hasBound, judgeBounds, NO_BOUND, short } from './bounds.ts';
import type { PropertyKind } from './finding.ts';

const schema = z.strictObject({ property: z.literal('change'), ...bounds }).refine(hasBound, NO_BOUND);

/** The last of a sequence of values minus the first: a score that rises, a loss that falls. */
export const change: PropertyKind<typeof schema> = {
  schema,
  judge(bound, { name, tensor }) {
    const [first, last] = [tensor.data[0], tensor.data[tensor.data.length - 1]];
    const finding = judgeBounds(`the change of ${name} from first to last`, last - first, bound);
    return { ...finding, detail: `${finding.detail} (from ${short(first)} to ${short(last)})` };
  },
};
