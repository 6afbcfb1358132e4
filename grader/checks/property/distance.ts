import { z } from 'zod';
import type { TensorData } from '../../format/tensor-data.ts';
import { bounds, hasBound, judgeBounds, NO_BOUND } from './bounds.ts';
import { differentShapes, need, type PropertyKind } from './finding.ts';
import { operand } from './operand.ts';

const metric = z.enum(['largest', 'mean', 'root-mean-square', 'relative']);
type Metric = z.output<typeof metric>;

const schema = z
  .strictObject({
    property: z.literal('distance'),
    to: operand,
    /**
     * `largest`, `mean` or `root-mean-square` of the differences; `relative`: the norm of the difference over the
     * norm of the other values.
     */
    metric,
    ...bounds,
  })
  .refine(hasBound, NO_BOUND);

/** The metrics in words. */
export const DIFFERENCES: Readonly<Record<Metric, string>> = {
  largest: 'largest difference',
  mean: 'mean difference',
  'root-mean-square': 'root mean square difference',
  relative: 'relative difference',
};

/** The distance of two sequences of one length; 0 when they are equal, `relative` to zeros infinite else. */
export function distanceOf(x: TensorData['data'], y: TensorData['data'], by: Metric): number {
  let [largest, sum, squares, norm] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const difference = Math.abs(x[i] - y[i]);
    largest = Math.max(largest, difference);
    sum += difference;
    squares += difference ** 2;
    norm += y[i] ** 2;
  }
  if (squares === 0) return 0;
  const results = {
    largest,
    mean: sum / x.length,
    'root-mean-square': Math.sqrt(squares / x.length),
    relative: Math.sqrt(squares / norm),
  };
  return results[by];
}

/** The distance to other values of the same shape lies within bounds: near to them, or unlike them. */
export const distance: PropertyKind<typeof schema> = {
  schema,
  operand: ({ to }) => to,
  judge({ metric: by, ...bound }, subject, other) {
    const second = need(other);
    const different = differentShapes(subject, second);
    if (different) return different;
    const value = distanceOf(subject.tensor.data, second.tensor.data, by);
    return judgeBounds(`the ${DIFFERENCES[by]} between ${subject.name} and ${second.name}`, value, bound);
  },
};
