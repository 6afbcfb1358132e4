import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { anyType, fullShapes, normal, number, seeds, shapes, tensors, whole } from '../arbitraries.ts';
import type { Case, Row } from '../case.ts';

const gathered: fc.Arbitrary<Case> = fullShapes({ min: 1, max: 4 }).chain((shape) =>
  fc.integer({ min: 0, max: shape.length - 1 }).chain((axis) =>
    fc
      .record({
        batchDims: fc.integer({ min: 0, max: axis }),
        more: shapes({ max: 2 }),
        negative: fc.boolean(),
        dtype: anyType,
        seed: seeds,
      })
      .map(({ batchDims, more, negative, dtype, seed }) => ({
        tensors: [
          { shape, dtype, domain: normal, seed },
          {
            shape: [...shape.slice(0, batchDims), ...more],
            dtype: 'int32',
            domain: whole(0, shape[axis] - 1),
            seed: seed + 1,
          },
        ],
        compute: (x: Tensor, indices: Tensor) =>
          tf.gather(x, indices as tf.Tensor1D, negative ? axis - shape.length : axis, batchDims),
      })),
  ),
);

const gatheredByPlace: fc.Arbitrary<Case> = fullShapes({ min: 1, max: 4 }).chain((shape) =>
  fc
    .record({
      depth: fc.integer({ min: 1, max: shape.length }),
      more: fullShapes({ max: 2 }),
      dtype: anyType,
      seed: seeds,
    })
    .map(({ depth, more, dtype, seed }) => ({
      tensors: [
        { shape, dtype, domain: normal, seed },
        {
          shape: [...more, depth],
          dtype: 'int32',
          domain: whole(0, Math.min(...shape.slice(0, depth)) - 1),
          seed: seed + 1,
        },
      ],
      compute: (x: Tensor, indices: Tensor) => tf.gatherND(x, indices),
    })),
);

const scattered: fc.Arbitrary<{ shape: number[]; depth: number; count: number; seed: number }> = fullShapes({
  min: 1,
  max: 3,
}).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    depth: fc.integer({ min: 1, max: shape.length }),
    count: fc.integer({ min: 1, max: 5 }),
    seed: seeds,
  }),
);

/** Indices of places in the leading axes of a shape, and updates for them. */
function updates(
  { shape, depth, count, seed }: { shape: number[]; depth: number; count: number; seed: number },
  dtype: 'float32' | 'int32',
): Case['tensors'] {
  return [
    {
      shape: [count, depth],
      dtype: 'int32',
      domain: whole(0, Math.min(...shape.slice(0, depth)) - 1),
      seed,
    },
    { shape: [count, ...shape.slice(depth)], dtype, domain: normal, seed: seed + 1 },
  ];
}

export const indexing: readonly Row[] = [
  { operation: 'gather', kernels: ['GatherV2'], gradient: true, cases: gathered },
  { operation: 'gatherND', kernels: ['GatherNd'], gradient: false, cases: gatheredByPlace },
  {
    operation: 'scatterND',
    kernels: ['ScatterNd'],
    gradient: false,
    cases: fc
      .tuple(scattered, fc.constantFrom('float32' as const, 'int32' as const))
      .map(([place, dtype]) => ({
        tensors: updates(place, dtype),
        compute: (indices, values) => tf.scatterND(indices, values, place.shape),
      })),
  },
  {
    operation: 'tensorScatterUpdate',
    kernels: ['TensorScatterUpdate'],
    gradient: false,
    cases: fc
      .tuple(scattered, fc.constantFrom('float32' as const, 'int32' as const))
      .map(([place, dtype]) => ({
        tensors: [
          { shape: place.shape, dtype, domain: normal, seed: place.seed + 2 },
          ...updates({ ...place, count: 1 }, dtype),
        ],
        compute: (x, indices, values) => tf.tensorScatterUpdate(x, indices, values),
      })),
  },
  {
    operation: 'unsortedSegmentSum',
    kernels: ['UnsortedSegmentSum'],
    gradient: true,
    cases: fc
      .tuple(fullShapes({ min: 1, max: 4, side: 5 }), fc.integer({ min: 1, max: 5 }), number, seeds)
      .chain(([shape, segments, dtype, seed]) =>
        tensors(shape, dtype).map((x) => ({
          tensors: [x, { shape: [shape[0]], dtype: 'int32' as const, domain: whole(-1, segments - 1), seed }],
          compute: (x: Tensor, ids: Tensor) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, segments),
        })),
      ),
  },
  {
    operation: 'sparseToDense',
    kernels: ['SparseToDense'],
    gradient: false,
    cases: fc
      .tuple(
        fullShapes({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('float32' as const, 'int32' as const),
        seeds,
      )
      .map(([shape, count, dtype, seed]) => ({
        tensors: [
          {
            shape: [count, shape.length],
            dtype: 'int32',
            domain: whole(0, Math.min(...shape) - 1),
            seed,
          },
          { shape: [count], dtype, domain: normal, seed: seed + 1 },
          { shape: [], dtype, domain: normal, seed: seed + 2 },
        ],
        compute: (indices, values, fallback) =>
          tf.sparseToDense(indices, values, shape as [number], fallback as tf.Scalar),
      })),
  },
  {
    operation: 'searchSorted',
    kernels: ['SearchSorted'],
    gradient: false,
    cases: fc
      .tuple(
        fullShapes({ max: 1 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        number,
        fc.boolean(),
        seeds,
      )
      .map(([batch, length, wanted, dtype, left, seed]) => ({
        tensors: [
          { shape: [...batch, length], dtype, domain: whole(1, 3), seed },
          { shape: [...batch, wanted], dtype, domain: whole(0, 12), seed: seed + 1 },
        ],
        compute: (steps, values) => tf.searchSorted(tf.cumsum(steps, -1), values, left ? 'left' : 'right'),
      })),
  },
];
