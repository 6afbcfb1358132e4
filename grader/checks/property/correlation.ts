import { z } from 'zod';
import type { TensorData } from '../../format/tensor-data.ts';
import { bounds, hasBound, judgeBounds, NO_BOUND } from './bounds.ts';
import { differentShapes, need, type PropertyKind } from './finding.ts';
import { operand } from './operand.ts';

const schema = z
  .strictObject({ property: z.literal('correlation'), with: operand, ...bounds })
  .refine(hasBound, NO_BOUND);

/** Pearson's correlation of two sequences of one length, in [-1, 1]; NaN when one of them is constant. */
export function pearson(x: TensorData['data'], y: TensorData['data']): number {
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    meanX += x[i] / x.length;
    meanY += y[i] / y.length;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] - meanX, y[i] - meanY];
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

function isConstant({ data }: TensorData): boolean {
  return data.every((value: number) => value === data[0]);
}

/** Pearson's correlation with other values of the same shape lies within bounds. */
export const correlation: PropertyKind<typeof schema> = {
  schema,
  operand: (property) => property.with,
  judge(bound, subject, other) {
    const second = need(other);
    const different = differentShapes(subject, second);
    if (different) return different;
    const constant = [subject, second].find(({ tensor }) => isConstant(tensor));
    if (constant) {
      const summary = `${constant.name} has the same value everywhere`;
      return { holds: false, summary, detail: summary };
    }
    const value = pearson(subject.tensor.data, second.tensor.data);
    const best = bound.atMost === undefined ? 1 : undefined;
    return judgeBounds(`the correlation of ${subject.name} with ${second.name}`, value, { ...bound, best });
  },
};
