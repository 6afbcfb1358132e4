import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  anyType,
  axesOf,
  axisOf,
  normal,
  number,
  seeds,
  shapes,
  special,
  tensors,
  whole,
} from '../arbitraries.ts';
import type { Domain, Drawn, Row } from '../case.ts';

const ties = whole(-2, 2);

interface Reduction {
  readonly kernel: string;
  readonly compute: (x: Tensor, axis: number | number[] | undefined, keepDims: boolean) => Tensor;
  readonly dtypes?: fc.Arbitrary<Drawn['dtype']>;
  readonly domains?: readonly Domain[];
  readonly gradient?: boolean;
}

function reduction({ kernel, compute, dtypes, domains, gradient = true }: Reduction): Row {
  return {
    operation: kernel.toLowerCase(),
    kernels: [kernel],
    gradient,
    cases: fc
      .tuple(shapes({ max: 6 }), fc.constantFrom(...(domains ?? [normal, ties, special])), fc.boolean())
      .chain(([shape, domain, keepDims]) =>
        fc
          .tuple(tensors(shape, dtypes ?? anyType, domain), axesOf(shape.length))
          .map(([x, axis]) => ({ tensors: [x], compute: (x: Tensor) => compute(x, axis, keepDims) })),
      ),
  };
}

const bool = fc.constant<Drawn['dtype']>('bool');

const alongAxes: Row[] = [
  { kernel: 'Sum', compute: tf.sum },
  { kernel: 'Mean', compute: tf.mean },
  { kernel: 'Prod', compute: tf.prod, domains: [normal, ties] },
  { kernel: 'Max', compute: tf.max },
  { kernel: 'Min', compute: tf.min },
  { kernel: 'All', compute: tf.all, dtypes: bool, gradient: false },
  { kernel: 'Any', compute: tf.any, dtypes: bool, gradient: false },
].map((row) => reduction(row as Reduction));

/** Operations along one axis. */
function alongAxis(
  row: { operation: string; kernels: string[]; gradient: boolean; ranks?: { min: number; max: number } },
  options: fc.Arbitrary<(x: Tensor, axis: number) => Tensor | Tensor[]>,
  { dtypes = anyType, domains = [normal, ties, special] as readonly Domain[] } = {},
): Row {
  const { ranks = { min: 1, max: 5 }, ...rest } = row;
  return {
    ...rest,
    cases: fc
      .tuple(shapes(ranks), options, fc.constantFrom(...domains))
      .chain(([shape, compute, domain]) =>
        fc
          .tuple(tensors(shape, dtypes, domain), axisOf(shape.length))
          .map(([x, axis]) => ({ tensors: [x], compute: (x: Tensor) => compute(x, axis) })),
      ),
  };
}

const cumulative = (f: typeof tf.cumsum): fc.Arbitrary<(x: Tensor, axis: number) => Tensor> =>
  fc.tuple(fc.boolean(), fc.boolean()).map(
    ([exclusive, reverse]) =>
      (x: Tensor, axis: number) =>
        f(x, axis, exclusive, reverse),
  );

const alongOne: Row[] = [
  alongAxis(
    { operation: 'argMax', kernels: ['ArgMax'], gradient: false },
    fc.constant((x, axis) => tf.argMax(x, axis)),
  ),
  alongAxis(
    { operation: 'argMin', kernels: ['ArgMin'], gradient: false },
    fc.constant((x, axis) => tf.argMin(x, axis)),
  ),
  alongAxis({ operation: 'cumsum', kernels: ['Cumsum'], gradient: true }, cumulative(tf.cumsum), {
    dtypes: number,
  }),
  alongAxis({ operation: 'cumprod', kernels: ['Cumprod'], gradient: false }, cumulative(tf.cumprod), {
    dtypes: number,
    domains: [normal, ties],
  }),
  alongAxis(
    { operation: 'softmax', kernels: ['Softmax'], gradient: true },
    fc.constant((x) => tf.softmax(x)),
    { domains: [normal, { kind: 'normal', scale: 3 }, ties] },
  ),
  alongAxis(
    { operation: 'unique', kernels: ['Unique'], gradient: false, ranks: { min: 1, max: 3 } },
    fc.constant((x, axis) => {
      const { values, indices } = tf.unique(x, axis);
      return [values, indices];
    }),
    { domains: [ties] },
  ),
  alongAxis(
    { operation: 'topk', kernels: ['TopK'], gradient: false },
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constant(true)).map(([k, sorted]) => (x) => {
      const { values, indices } = tf.topk(x, Math.min(k, x.shape.at(-1)!), sorted);
      return [values, indices];
    }),
    { dtypes: number, domains: [normal, ties] },
  ),
];

const counts: Row[] = [
  {
    operation: 'bincount',
    kernels: ['Bincount'],
    gradient: false,
    cases: fc
      .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 6 }), fc.boolean(), seeds)
      .map(([length, size, weighted, seed]) => ({
        tensors: [
          { shape: [length], dtype: 'int32', domain: whole(0, 7), seed },
          { shape: [weighted ? length : 0], dtype: 'float32', domain: normal, seed: seed + 1 },
        ],
        compute: (x, weights) => tf.bincount(x as tf.Tensor1D, weights as tf.Tensor1D, size),
      })),
  },
  {
    operation: 'denseBincount',
    kernels: ['DenseBincount'],
    gradient: false,
    cases: fc
      .tuple(
        shapes({ min: 1, max: 2, side: 8 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.boolean(),
        seeds,
      )
      .map(([shape, size, weighted, binary, seed]) => ({
        tensors: [
          { shape, dtype: 'int32', domain: whole(0, 7), seed },
          { shape: weighted ? shape : [0], dtype: 'float32', domain: normal, seed: seed + 1 },
        ],
        compute: (x, weights) => tf.denseBincount(x as tf.Tensor1D, weights as tf.Tensor1D, size, binary),
      })),
  },
];

export const reductions: readonly Row[] = [...alongAxes, ...alongOne, ...counts];
