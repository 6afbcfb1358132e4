import * as tf from '@tensorflow/tfjs';
import type { Tensor3D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  channelDeviation,
  channelMean,
  clampToValid,
  deprocess,
  preprocess,
} from '../../../reference/lib/picture/preprocess.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import { fromImages, fromPixels, scalarMaps, toPixels } from '../../../reference/lib/picture/tensors.ts';
import { randomStream } from '../../../reference/lib/random.ts';

const pixels = () => tf.tensor4d(randomStream('pixels').uniforms(2 * 3 * 4 * 3), [2, 3, 4, 3]);

/** The number of tensors that a call leaves behind besides its result. */
function leftovers(call: () => tf.Tensor | readonly unknown[]): number {
  const before = tf.memory().numTensors;
  const result = call();
  if (result instanceof tf.Tensor) result.dispose();
  return tf.memory().numTensors - before;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('preprocessing', () => {
  it('takes the channel mean to 0 and one deviation above it to 1', () => {
    const above = channelMean.map((mean, c) => mean + channelDeviation[c]);
    const values = preprocess(tf.tensor4d([...channelMean, ...above], [1, 1, 2, 3])).dataSync();
    [0, 0, 0, 1, 1, 1].forEach((expected, i) => expect(values[i]).toBeCloseTo(expected, 5));
  });

  it('is undone by deprocessing', () => {
    const original = pixels();
    const back = deprocess(preprocess(original)).dataSync();
    original.dataSync().forEach((value, i) => expect(back[i]).toBeCloseTo(value, 5));
  });

  it('has the inverse deviation as its gradient', () => {
    const gradient = tf
      .grad((x) => preprocess(x as tf.Tensor4D).sum())(pixels())
      .dataSync();
    gradient.forEach((value, i) => expect(value).toBeCloseTo(1 / channelDeviation[i % 3], 4));
  });

  it('clamps what no pixel can become, and leaves valid images alone', () => {
    const valid = preprocess(pixels());
    const kept = clampToValid(valid).dataSync();
    valid.dataSync().forEach((value, i) => expect(kept[i]).toBeCloseTo(value, 5));
    const wild = deprocess(clampToValid(tf.tensor4d([100, 100, 100], [1, 1, 1, 3]))).dataSync();
    wild.forEach((value) => expect(value).toBeCloseTo(1, 5));
  });

  it.each(Object.entries({ preprocess, deprocess, clampToValid }))(
    'leaves no tensors behind: %s',
    (_, call) => {
      const input = pixels();
      expect(leftovers(() => call(input))).toBe(0);
    },
  );
});

describe('pictures as tensors', () => {
  it('come back as they were', () => {
    const rasters = fromPixels(pixels());
    expect(rasters.map(({ width, height }) => [width, height])).toEqual([
      [4, 3],
      [4, 3],
    ]);
    expect(toPixels(rasters).dataSync()).toEqual(pixels().dataSync());
  });

  it('are shown as pixels after preprocessing', () => {
    const [shown] = fromImages(preprocess(pixels()));
    const [original] = fromPixels(pixels());
    shown.data.forEach((value, i) => expect(value).toBeCloseTo(original.data[i], 5));
  });

  it('are clipped to [0, 1]', () => {
    const [{ data }] = fromPixels(tf.tensor4d([-1, 0.5, 2], [1, 1, 1, 3]));
    expect(Array.from(data)).toEqual([0, 0.5, 1]);
  });

  it('of different sizes do not make a batch', () => {
    expect(() => toPixels([createRaster(2, 2), createRaster(3, 2)])).toThrow('2x2 and 3x2');
  });

  it('leave no tensors behind', () => {
    const input = pixels();
    expect(leftovers(() => fromImages(input))).toBe(0);
    expect(leftovers(() => fromPixels(input))).toBe(0);
  });
});

describe('maps as tensors', () => {
  it('become one map each, rows first', () => {
    const maps = scalarMaps(tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 2, 3]) as Tensor3D);
    expect(maps).toHaveLength(2);
    expect(maps[1]).toEqual({ width: 3, height: 2, values: Float32Array.from([7, 8, 9, 10, 11, 12]) });
  });

  it('may be a single one', () => {
    expect(scalarMaps(tf.tensor2d([1, 2], [1, 2]))).toEqual([
      { width: 2, height: 1, values: Float32Array.from([1, 2]) },
    ]);
  });
});
