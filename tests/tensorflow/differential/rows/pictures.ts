import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { between, number, seeds, whole } from '../arbitraries.ts';
import type { Case, Row } from '../case.ts';

interface Picture {
  readonly shape: [number, number, number, number];
  readonly to: [number, number];
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly seed: number;
}

const side = fc.integer({ min: 1, max: 7 });
const drawn: fc.Arbitrary<Picture> = fc
  .record({
    shape: fc.tuple(fc.integer({ min: 1, max: 2 }), side, side, fc.integer({ min: 1, max: 4 })),
    to: fc.tuple(side, side),
    alignCorners: fc.boolean(),
    halfPixelCenters: fc.boolean(),
    seed: seeds,
  })
  .map((picture) => {
    // The gradient of corners aligned with a single pixel never ends, on any backend.
    const alignCorners = picture.alignCorners && Math.min(...picture.shape.slice(1, 3), ...picture.to) > 1;
    return { ...picture, alignCorners, halfPixelCenters: picture.halfPixelCenters && !alignCorners };
  });

const pixels = (
  { shape, seed }: Picture,
  dtype: 'float32' | 'int32' = 'float32',
): Case['tensors'][number] => ({
  shape,
  dtype,
  domain: dtype === 'int32' ? whole(0, 255) : between(0, 1),
  seed,
});

const resizing: Row[] = [
  {
    operation: 'image.resizeBilinear',
    kernels: ['ResizeBilinear', 'ResizeBilinearGrad'],
    gradient: true,
    cases: fc.tuple(drawn, number).map(([picture, dtype]) => ({
      tensors: [pixels(picture, dtype as 'int32')],
      compute: (x) =>
        tf.image.resizeBilinear(x as Tensor4D, picture.to, picture.alignCorners, picture.halfPixelCenters),
    })),
  },
  {
    operation: 'image.resizeNearestNeighbor',
    kernels: ['ResizeNearestNeighbor', 'ResizeNearestNeighborGrad'],
    gradient: true,
    cases: fc.tuple(drawn, number).map(([picture, dtype]) => ({
      tensors: [pixels(picture, dtype as 'int32')],
      compute: (x) =>
        tf.image.resizeNearestNeighbor(
          x as Tensor4D,
          picture.to,
          picture.alignCorners,
          picture.halfPixelCenters,
        ),
    })),
  },
  {
    operation: 'image.cropAndResize',
    kernels: ['CropAndResize'],
    gradient: false,
    cases: fc
      .tuple(drawn, fc.integer({ min: 1, max: 3 }), fc.constantFrom('bilinear' as const, 'nearest' as const))
      .map(([picture, boxes, method]) => ({
        tensors: [
          pixels(picture),
          { shape: [boxes, 4], dtype: 'float32', domain: between(-0.2, 1.2), seed: picture.seed + 1 },
          { shape: [boxes], dtype: 'int32', domain: whole(0, picture.shape[0] - 1), seed: picture.seed + 2 },
        ],
        compute: (x, boxes, which) =>
          tf.image.cropAndResize(
            x as Tensor4D,
            boxes as tf.Tensor2D,
            which as tf.Tensor1D,
            picture.to,
            method,
            0.25,
          ),
      })),
  },
];

const moving: Row[] = [
  {
    operation: 'image.flipLeftRight',
    kernels: ['FlipLeftRight'],
    gradient: false,
    cases: fc.tuple(drawn, number).map(([picture, dtype]) => ({
      tensors: [pixels(picture, dtype as 'int32')],
      compute: (x) => tf.image.flipLeftRight(x as Tensor4D),
    })),
  },
  {
    operation: 'image.rotateWithOffset',
    kernels: ['RotateWithOffset'],
    gradient: false,
    cases: fc
      .tuple(drawn, fc.constantFrom(0, 0.3, -1, Math.PI / 2), fc.constantFrom(0.5, 0.25))
      .map(([picture, radians, center]) => ({
        tensors: [pixels(picture)],
        compute: (x) => tf.image.rotateWithOffset(x as Tensor4D, radians, 0.1, center),
      })),
  },
  {
    operation: 'image.transform',
    kernels: ['Transform'],
    gradient: false,
    cases: fc
      .tuple(
        drawn,
        fc.constantFrom('nearest' as const, 'bilinear' as const),
        fc.constantFrom('constant' as const, 'reflect' as const, 'wrap' as const, 'nearest' as const),
        fc.boolean(),
      )
      .map(([picture, interpolation, fill, resized]) => ({
        tensors: [
          pixels(picture),
          {
            shape: [picture.shape[0], 8],
            dtype: 'float32',
            domain: between(-0.9, 1.1),
            seed: picture.seed + 1,
          },
        ],
        compute: (x, transforms) =>
          tf.image.transform(
            x as Tensor4D,
            tf.mul(transforms, tf.tensor1d([1, 0.2, 1, 0.2, 1, 1, 0.02, 0.02])) as tf.Tensor2D,
            interpolation,
            fill,
            0.5,
            resized ? picture.to : undefined,
          ),
      })),
  },
];

const boxesAndScores = fc.record({
  count: fc.integer({ min: 1, max: 8 }),
  most: fc.integer({ min: 1, max: 6 }),
  overlap: fc.constantFrom(0.1, 0.5, 0.9),
  least: fc.constantFrom(-Infinity, 0.3),
  padded: fc.boolean(),
  seed: seeds,
});

function suppression(
  row: Pick<Row, 'operation' | 'kernels'>,
  suppress: (
    boxes: tf.Tensor2D,
    scores: tf.Tensor1D,
    options: { most: number; overlap: number; least: number; padded: boolean },
  ) => tf.Tensor[],
): Row {
  return {
    ...row,
    gradient: false,
    cases: boxesAndScores.map(({ count, seed, ...options }) => ({
      tensors: [
        { shape: [count, 4], dtype: 'float32', domain: between(0, 1), seed },
        { shape: [count], dtype: 'float32', domain: between(0, 1), seed: seed + 1 },
      ],
      compute: (boxes, scores) => suppress(boxes as tf.Tensor2D, scores as tf.Tensor1D, options),
    })),
  };
}

const suppressing: Row[] = [
  suppression(
    { operation: 'image.nonMaxSuppression', kernels: ['NonMaxSuppressionV3'] },
    (boxes, scores, options) => [
      tf.image.nonMaxSuppression(boxes, scores, options.most, options.overlap, options.least),
    ],
  ),
  suppression(
    { operation: 'image.nonMaxSuppressionPadded', kernels: ['NonMaxSuppressionV4'] },
    (boxes, scores, { most, overlap, least, padded }) =>
      Object.values(tf.image.nonMaxSuppressionPadded(boxes, scores, most, overlap, least, padded)),
  ),
  suppression(
    { operation: 'image.nonMaxSuppressionWithScore', kernels: ['NonMaxSuppressionV5'] },
    (boxes, scores, { most, overlap, least }) =>
      Object.values(tf.image.nonMaxSuppressionWithScore(boxes, scores, most, overlap, least, 0.5)),
  ),
];

export const pictures: readonly Row[] = [...resizing, ...moving, ...suppressing];
