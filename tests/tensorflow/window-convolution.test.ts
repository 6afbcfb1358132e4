import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';

type Shape4D = [number, number, number, number];

interface Case {
  readonly image: Shape4D;
  readonly filter: Shape4D;
  readonly stride: number;
  readonly pad: 'valid' | 'same';
}

/** A convolution by its definition: float32 products, added up in float32 by rows, columns and channels. */
function inOrder({ image, filter, stride, pad }: Case, x: Float32Array, weights: Float32Array): Float32Array {
  const info = tf.backend_util.computeConv2DInfo(image, filter, stride, 1, pad);
  const { inHeight, inWidth, inChannels, outChannels, outHeight, outWidth, padInfo } = info;
  const result = new Float32Array(info.batchSize * outHeight * outWidth * outChannels);
  result.forEach((_, index) => {
    const output = index % outChannels;
    const place = Math.floor(index / outChannels);
    const left = (place % outWidth) * stride - padInfo.left;
    const top = (Math.floor(place / outWidth) % outHeight) * stride - padInfo.top;
    const n = Math.floor(place / outWidth / outHeight);
    let sum = 0;
    weights.forEach((weight, at) => {
      if (at % outChannels !== output) return;
      const tap = Math.floor(at / outChannels);
      const column = left + (Math.floor(tap / inChannels) % info.filterWidth);
      const row = top + Math.floor(tap / inChannels / info.filterWidth);
      if (row < 0 || row >= inHeight || column < 0 || column >= inWidth) return;
      const value = x[((n * inHeight + row) * inWidth + column) * inChannels + (tap % inChannels)];
      sum = Math.fround(sum + Math.fround(value * weight));
    });
    result[index] = sum;
  });
  return result;
}

const cases: Case[] = [
  { image: [1, 13, 13, 16], filter: [1, 1, 16, 24], stride: 1, pad: 'valid' },
  { image: [1, 11, 7, 3], filter: [3, 3, 3, 16], stride: 2, pad: 'valid' },
  { image: [2, 6, 5, 5], filter: [3, 3, 5, 12], stride: 1, pad: 'same' },
  { image: [3, 9, 4, 6], filter: [2, 5, 6, 8], stride: 2, pad: 'same' },
  { image: [1, 5, 5, 8], filter: [5, 5, 8, 8], stride: 1, pad: 'same' },
  { image: [1, 70, 3, 2], filter: [3, 1, 2, 20], stride: 1, pad: 'same' },
  // Left to XNNPACK: too few windows, and a number of outputs that no panels add up to.
  { image: [1, 3, 3, 8], filter: [3, 3, 8, 16], stride: 1, pad: 'valid' },
  { image: [1, 8, 8, 4], filter: [3, 3, 4, 9], stride: 1, pad: 'same' },
];

describe.each([1, 2])('a forward convolution on %i threads', (threads) => {
  beforeAll(() => prepareBackend({ backend: 'wasm', threads }));

  it.each(cases)('adds up in the order of the definition: $image by $filter', (one) => {
    const x = tf.randomNormal(one.image, 0, 1, 'float32', 1) as tf.Tensor4D;
    const filter = tf.randomNormal(one.filter, 0, 1, 'float32', 2) as tf.Tensor4D;
    const [values, weights] = [x.dataSync<'float32'>(), filter.dataSync<'float32'>()];
    const actual = tf.conv2d(x, filter, one.stride, one.pad).dataSync<'float32'>();
    expect([...actual]).toEqual([...inOrder(one, values, weights)]);
  });
});

describe('filters over the same data', () => {
  it('are told apart by their shapes, forward and backward', () => {
    tf.tidy(() => {
      const random = (shape: Shape4D, seed: number): tf.Tensor4D =>
        tf.randomNormal<tf.Rank.R4>(shape, 0, 1, 'float32', seed);
      const filter = random([1, 1, 8, 16], 1);
      const reshaped = filter.reshape<tf.Tensor4D>([1, 1, 16, 8]);
      const apart = tf.tensor4d(reshaped.dataSync(), [1, 1, 16, 8]);
      const [x, y] = [random([1, 9, 9, 8], 2), random([1, 9, 9, 16], 3)];
      tf.grad((at) => tf.conv2d(at as tf.Tensor4D, filter, 1, 'valid'))(x);
      const results = [reshaped, apart].map((weights) => {
        const { value, grad } = tf.valueAndGrad((at) =>
          tf
            .conv2d(at as tf.Tensor4D, weights, 1, 'valid')
            .square()
            .sum(),
        )(y);
        return { value: value.dataSync(), gradient: grad.dataSync() };
      });
      expect(results[0]).toEqual(results[1]);
    });
  });
});
