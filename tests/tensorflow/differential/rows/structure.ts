import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  anyType,
  axesOf,
  axisOf,
  broadcastShapes,
  fullShapes,
  normal,
  number,
  seeds,
  shapes,
  special,
  tensors,
  whole,
} from '../arbitraries.ts';
import type { Case, Drawn, Row } from '../case.ts';

const rank = (shape: readonly number[]): number[] => shape.map((_, axis) => axis);

/** A tensor, and an operation on it that depends on its shape. */
function ofTensor(
  row: Omit<Row, 'cases'>,
  shape: fc.Arbitrary<number[]>,
  operation: (shape: number[]) => fc.Arbitrary<(x: Tensor) => Tensor | Tensor[]>,
  dtypes: fc.Arbitrary<Drawn['dtype']> = anyType,
): Row {
  return {
    ...row,
    cases: shape.chain((sides) =>
      fc
        .tuple(tensors(sides, dtypes, fc.constantFrom(normal, special)), operation(sides))
        .map(([x, compute]): Case => ({ tensors: [x], compute })),
    ),
  };
}

const paddings = (shape: number[], max: (size: number) => number): fc.Arbitrary<[number, number][]> =>
  fc.tuple(
    ...shape.map((size) =>
      fc.tuple(fc.integer({ min: 0, max: max(size) }), fc.integer({ min: 0, max: max(size) })),
    ),
  );

/** A product of whole factors of a size, as a shape. */
const reshaped = (size: number): fc.Arbitrary<number[]> =>
  fc
    .constantFrom(...[1, 2, 3, 4, 6, 8, 12].filter((factor) => size % factor === 0))
    .chain((factor) =>
      fc.constantFrom(
        [size],
        [factor, size / factor],
        [size / factor, 1, factor],
        [-1, factor],
        [1, factor, -1, 1],
      ),
    );

const rearranging: Row[] = [
  ofTensor({ operation: 'reshape', kernels: ['Reshape'], gradient: true }, fullShapes(), (shape) =>
    reshaped(tf.util.sizeFromShape(shape)).map((to) => (x) => tf.reshape(x, to)),
  ),
  ofTensor(
    { operation: 'expandDims', kernels: ['ExpandDims'], gradient: true },
    shapes({ max: 4 }),
    (shape) =>
      fc.integer({ min: -shape.length - 1, max: shape.length }).map((axis) => (x) => tf.expandDims(x, axis)),
  ),
  ofTensor({ operation: 'transpose', kernels: ['Transpose'], gradient: true }, shapes({ max: 6 }), (shape) =>
    fc
      .option(fc.shuffledSubarray(rank(shape), { minLength: shape.length }), { nil: undefined })
      .map((order) => (x) => tf.transpose(x, order)),
  ),
  ofTensor({ operation: 'reverse', kernels: ['Reverse'], gradient: true }, shapes({ max: 5 }), (shape) =>
    axesOf(shape.length).map((axes) => (x) => tf.reverse(x, axes)),
  ),
  ofTensor({ operation: 'tile', kernels: ['Tile'], gradient: true }, shapes({ max: 5, side: 3 }), (shape) =>
    fc
      .array(fc.integer({ min: 1, max: 3 }), { minLength: shape.length, maxLength: shape.length })
      .map((times) => (x) => tf.tile(x, times)),
  ),
  ofTensor({ operation: 'broadcastTo', kernels: ['Tile'], gradient: true }, fullShapes({ max: 4 }), (shape) =>
    fc
      .integer({ min: 1, max: 3 })
      .map((size) => (x) => tf.broadcastTo(x, [size, ...shape.map((side) => (side === 1 ? size : side))])),
  ),
  ofTensor({ operation: 'pad', kernels: ['PadV2'], gradient: true }, shapes({ max: 5 }), (shape) =>
    fc
      .tuple(
        paddings(shape, () => 2),
        fc.constantFrom(0, 0, 1, -2),
      )
      .map(
        ([by, value]) =>
          (x) =>
            tf.pad(x, by, x.dtype === 'bool' ? Math.abs(Math.sign(value)) : value),
      ),
  ),
  ofTensor(
    { operation: 'mirrorPad', kernels: ['MirrorPad'], gradient: true },
    fullShapes({ min: 1, max: 4 }),
    (shape) =>
      fc
        .constantFrom('reflect' as const, 'symmetric' as const)
        .chain((mode) =>
          paddings(shape, (size) => (mode === 'reflect' ? size - 1 : size)).map(
            (by) => (x: Tensor) => tf.mirrorPad(x, by, mode),
          ),
        ),
  ),
  ofTensor({ operation: 'slice', kernels: ['Slice'], gradient: true }, shapes({ min: 1, max: 6 }), (shape) =>
    fc
      .tuple(
        ...shape.map((size) =>
          fc
            .integer({ min: 0, max: size })
            .chain((begin) =>
              fc.tuple(fc.constant(begin), fc.constantFrom(-1, ...Array(size - begin + 1).keys())),
            ),
        ),
      )
      .map(
        (bounds) => (x) =>
          tf.slice(
            x,
            bounds.map(([begin]) => begin),
            bounds.map(([, size]) => size),
          ),
      ),
  ),
  ofTensor(
    { operation: 'stridedSlice', kernels: ['StridedSlice'], gradient: false },
    shapes({ min: 1, max: 5 }),
    (shape) =>
      fc
        .tuple(
          fc.tuple(
            ...shape.map((size) =>
              fc.tuple(
                fc.integer({ min: -size - 1, max: size + 1 }),
                fc.integer({ min: -size - 1, max: size + 1 }),
                fc.constantFrom(1, 1, 2, 3, -1, -2),
              ),
            ),
          ),
          fc.integer({ min: 0, max: 3 }),
          fc.integer({ min: 0, max: 3 }),
          fc.constantFrom(0, 0, 1, 2),
          fc.constantFrom(0, 0, 0, 1, 2),
        )
        .map(([bounds, beginMask, endMask, shrinkMask, newMask]) => (x) => {
          const [begin, end, strides] = [0, 1, 2].map((which) => bounds.map((bound) => bound[which]));
          return tf.stridedSlice(x, begin, end, strides, beginMask, endMask, 0, newMask, shrinkMask);
        }),
  ),
  ofTensor({ operation: 'split', kernels: ['SplitV'], gradient: true }, shapes({ min: 1, max: 5 }), (shape) =>
    axisOf(shape.length).chain((axis) => {
      const size = shape.at(axis)!;
      const parts = [size, ...[1, 2].filter((part) => size % part === 0)].filter((part) => part > 0);
      return fc
        .oneof(
          fc.constantFrom(...(parts.length > 0 ? parts : [1])),
          fc.integer({ min: 0, max: size }).map((first) => [first, size - first]),
          fc.constant<number[]>([-1]),
        )
        .map((by) => (x: Tensor) => tf.split(x, by, axis));
    }),
  ),
  ofTensor(
    { operation: 'unstack', kernels: ['Unpack'], gradient: true },
    fullShapes({ min: 1, max: 5 }),
    (shape) => axisOf(shape.length).map((axis) => (x) => tf.unstack(x, axis)),
  ),
  ofTensor(
    { operation: 'diag', kernels: ['Diag'], gradient: false },
    shapes({ min: 1, max: 3, side: 3 }),
    () => fc.constant((x: Tensor) => tf.diag(x)),
  ),
];

const joining: Row[] = [
  {
    operation: 'concat',
    kernels: ['Concat'],
    gradient: true,
    cases: fc
      .tuple(
        shapes({ min: 1, max: 5 }),
        anyType,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
      )
      .chain(([shape, dtype, sizes]) =>
        axisOf(shape.length).chain((axis) => {
          const along = axis < 0 ? axis + shape.length : axis;
          return fc
            .tuple(
              ...sizes.map((size) =>
                tensors(
                  shape.map((side, at) => (at === along ? size : side)),
                  dtype,
                ),
              ),
            )
            .map((list): Case => ({ tensors: list, compute: (...list) => tf.concat(list, axis) }));
        }),
      ),
  },
  {
    operation: 'stack',
    kernels: ['Pack'],
    gradient: true,
    cases: fc
      .tuple(shapes({ max: 4 }), anyType, fc.integer({ min: 1, max: 4 }))
      .chain(([shape, dtype, count]) =>
        fc
          .tuple(
            fc.integer({ min: -shape.length - 1, max: shape.length }),
            ...Array.from({ length: count }, () => tensors(shape, dtype)),
          )
          .map(([axis, ...list]): Case => ({ tensors: list, compute: (...list) => tf.stack(list, axis) })),
      ),
  },
  {
    operation: 'broadcastArgs',
    kernels: ['BroadcastArgs'],
    gradient: false,
    cases: broadcastShapes(2, { min: 1 }).map(([a, b]) => ({
      tensors: [],
      compute: () => tf.broadcastArgs(tf.tensor1d(a, 'int32'), tf.tensor1d(b, 'int32')),
    })),
  },
];

const blocks = fc.record({
  block: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  size: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  batch: fc.integer({ min: 1, max: 2 }),
  depth: fc.integer({ min: 1, max: 3 }),
  cut: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })),
  seed: seeds,
  dtype: number,
});

const inBlocks: Row[] = [
  {
    operation: 'spaceToBatchND',
    kernels: ['SpaceToBatchND'],
    gradient: true,
    cases: blocks.map(({ block, size, batch, depth, cut, seed, dtype }) => ({
      tensors: [
        {
          shape: [batch, size[0] * block[0] - (block[0] > 1 ? cut[0] : 0), size[1] * block[1], depth],
          dtype,
          domain: normal,
          seed,
        },
      ],
      compute: (x) =>
        tf.spaceToBatchND(x, block, [
          [0, block[0] > 1 ? cut[0] : 0],
          [block[1] * cut[1], 0],
        ]),
    })),
  },
  {
    operation: 'batchToSpaceND',
    kernels: ['BatchToSpaceND'],
    gradient: true,
    cases: blocks.map(({ block, size, batch, depth, cut, seed, dtype }) => ({
      tensors: [{ shape: [batch * block[0] * block[1], ...size, depth], dtype, domain: normal, seed }],
      compute: (x) => {
        const crops = cut.map((by, axis) => [0, size[axis] * block[axis] > 1 ? by : 0]);
        return tf.batchToSpaceND(x, block, crops);
      },
    })),
  },
  {
    operation: 'depthToSpace',
    kernels: ['DepthToSpace'],
    gradient: false,
    cases: blocks.map(({ block, size, batch, depth, seed, dtype }) => ({
      tensors: [{ shape: [batch, ...size, depth * (block[0] + 1) ** 2], dtype, domain: normal, seed }],
      compute: (x) => tf.depthToSpace(x as tf.Tensor4D, block[0] + 1, 'NHWC'),
    })),
  },
];

const making: Row[] = [
  {
    operation: 'fill',
    kernels: ['Fill'],
    gradient: false,
    cases: fc
      .tuple(shapes(), fc.constantFrom('float32', 'int32', 'bool'), fc.constantFrom(0, 1, -3, 2.5))
      .map(([shape, dtype, value]) => ({
        tensors: [],
        compute: () => tf.fill(shape, value, dtype as 'float32'),
      })),
  },
  {
    operation: 'range',
    kernels: ['Range'],
    gradient: false,
    cases: fc
      .tuple(
        fc.constantFrom(0, 1, -2, 0.5),
        fc.constantFrom(0, 7, -5, 3.25),
        fc.constantFrom(1, 2, -1, 0.5, -0.25),
        fc.constantFrom('float32', 'int32'),
      )
      .map(([start, stop, step, dtype]) => ({
        tensors: [],
        compute: () => tf.range(start, stop, step, dtype as 'float32'),
      })),
  },
  {
    operation: 'linspace',
    kernels: ['LinSpace'],
    gradient: false,
    cases: fc
      .tuple(fc.constantFrom(0, 1, -2, 0.5), fc.constantFrom(0, 7, -5, 3.25), fc.integer({ min: 1, max: 20 }))
      .map(([start, stop, count]) => ({ tensors: [], compute: () => tf.linspace(start, stop, count) })),
  },
  {
    operation: 'oneHot',
    kernels: ['OneHot'],
    gradient: false,
    cases: fc
      .tuple(
        shapes({ max: 4 }),
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom<readonly [on: number, off: number, dtype: 'bool' | 'int32' | 'float32']>(
          [1, 0, 'bool'],
          [1, 0, 'int32'],
          [3, -1, 'int32'],
          [0.5, -0.25, 'float32'],
        ),
        seeds,
      )
      .map(([shape, depth, [on, off, dtype], seed]) => ({
        tensors: [{ shape, dtype: 'int32', domain: whole(-1, 6), seed }],
        compute: (x) => tf.oneHot(x, depth, on, off, dtype),
      })),
  },
];

export const structure: readonly Row[] = [...rearranging, ...joining, ...inBlocks, ...making];
