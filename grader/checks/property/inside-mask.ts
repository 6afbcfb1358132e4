import { z } from 'zod';
import type { TensorData } from '../../format/tensor-data.ts';
import { bounds, hasBound, judgeBounds, NO_BOUND } from './bounds.ts';
import { need, type PropertyKind } from './finding.ts';
import { operand } from './operand.ts';

const schema = z
  .strictObject({
    property: z.literal('inside-mask'),
    /** Values in [0, 1]: 1 inside. Its shape is that of the values, or that of their leading axes. */
    mask: operand,
    ...bounds,
  })
  .refine(hasBound, NO_BOUND);

/**
 * The share of a map's magnitude that lies inside a mask, in [0, 1]: `sum |x| m / sum |x|`; NaN for a map of zeros.
 *
 * @throws RangeError when the mask's shape is not that of the map's leading axes
 */
export function shareInside(map: TensorData, mask: TensorData): number {
  if (mask.shape.some((side, axis) => map.shape[axis] !== side)) {
    throw new RangeError(`a mask [${mask.shape.join(',')}] does not fit values [${map.shape.join(',')}]`);
  }
  const trailing = map.data.length / mask.data.length;
  let inside = 0;
  let all = 0;
  map.data.forEach((value: number, i: number) => {
    const magnitude = Math.abs(value);
    all += magnitude;
    inside += magnitude * mask.data[Math.floor(i / trailing)];
  });
  return inside / all;
}

/** A share of the values' magnitude lies inside a mask. */
export const insideMask: PropertyKind<typeof schema> = {
  schema,
  operand: ({ mask }) => mask,
  judge(bound, { name, tensor }, other) {
    const mask = need(other);
    if (mask.tensor.shape.some((side, axis) => tensor.shape[axis] !== side)) {
      const detail = `${name} has the shape [${tensor.shape.join(',')}], which does not fit ${mask.name}, [${mask.tensor.shape.join(',')}]`;
      return { holds: false, summary: `${name} has a wrong shape`, detail };
    }
    const share = shareInside(tensor, mask.tensor);
    if (Number.isNaN(share)) {
      const summary = `${name} is 0 everywhere`;
      return { holds: false, summary, detail: summary };
    }
    return judgeBounds(`the share of ${name} inside ${mask.name}`, share, bound);
  },
};
