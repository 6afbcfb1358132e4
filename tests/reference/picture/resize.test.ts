import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../reference/lib/picture/raster.ts';
import { resize, resizeShorterSide } from '../../../reference/lib/picture/resize.ts';
import type { ResizeMethod } from '../../../reference/lib/picture/resize.ts';
import { randomStream } from '../../../reference/lib/random.ts';

/** A gray picture of one row. */
const row = (...values: readonly number[]): Raster => ({
  width: values.length,
  height: 1,
  data: Float32Array.from(values.flatMap((value) => [value, value, value])),
});

const firstChannel = ({ data }: Raster): number[] => Array.from(data.filter((_, i) => i % 3 === 0));

const noise = (width: number, height: number): Raster => ({
  width,
  height,
  data: randomStream(`${width}x${height}`).uniforms(width * height * 3),
});

const mean = ({ data }: Raster): number => data.reduce((sum, value) => sum + value, 0) / data.length;

const methods: readonly ResizeMethod[] = ['bilinear', 'area', 'nearest'];
const side = fc.integer({ min: 1, max: 12 });

describe('resize', () => {
  it.each([
    { method: 'bilinear', from: [0, 1], width: 4, to: [0, 0.25, 0.75, 1] },
    { method: 'bilinear', from: [1, 0, 0, 0], width: 2, to: [3 / 7, 0] },
    { method: 'bilinear', from: [0, 0, 0, 1], width: 2, to: [0, 3 / 7] },
    { method: 'area', from: [0, 1, 0.5, 0.5], width: 2, to: [0.5, 0.5] },
    { method: 'area', from: [0, 0.6, 0.9], width: 2, to: [0.2, 0.8] },
    { method: 'nearest', from: [0, 1], width: 4, to: [0, 0, 1, 1] },
    { method: 'nearest', from: [0, 0.2, 0.4, 0.6], width: 2, to: [0.2, 0.6] },
  ] as const)('$method takes $from to $to', ({ method, from, width, to }) => {
    const result = firstChannel(resize(row(...from), { width, height: 1, method }));
    result.forEach((value, i) => expect(value).toBeCloseTo(to[i], 6));
    expect(result).toHaveLength(width);
  });

  it.each(methods)('%s leaves a picture of the same size as it is', (method) => {
    const picture = noise(7, 5);
    const same = resize(picture, { width: 7, height: 5, method });
    same.data.forEach((value, i) => expect(value).toBeCloseTo(picture.data[i], 6));
  });

  it.each(methods)('%s keeps an even colour even at any size', (method) => {
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        const even = { width: w, height: h, data: new Float32Array(w * h * 3).fill(0.3) };
        const result = resize(even, { width, height, method });
        return (
          result.data.length === width * height * 3 && result.data.every((v) => Math.abs(v - 0.3) < 1e-6)
        );
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it.each(methods)('%s never leaves the range of the old pixels', (method) => {
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        const picture = noise(w, h);
        const [low, high] = [Math.min(...picture.data), Math.max(...picture.data)];
        const { data } = resize(picture, { width, height, method });
        return data.every((value) => value >= low - 1e-6 && value <= high + 1e-6);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('keeps the mean of all pixels when it takes areas', () => {
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        fc.pre(width <= w && height <= h);
        const picture = noise(w, h);
        return Math.abs(mean(resize(picture, { width, height, method: 'area' })) - mean(picture)) < 1e-6;
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('enlarges like TensorFlow with half-pixel centres', () => {
    const picture = noise(5, 4);
    const expected = tf.tidy(() =>
      tf.image.resizeBilinear(tf.tensor3d(picture.data, [4, 5, 3]), [11, 13], false, true).dataSync(),
    );
    resize(picture, { width: 13, height: 11 }).data.forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i], 5),
    );
  });

  it('mixes fine stripes to gray when it shrinks, where skipping pixels would leave one colour', () => {
    const stripes = row(...Array.from({ length: 64 }, (_, i) => i % 2));
    const small = firstChannel(resize(stripes, { width: 16, height: 1 })).slice(1, -1);
    for (const value of small) expect(Math.abs(value - 0.5)).toBeLessThan(0.05);
  });

  it('keeps proportions when the shorter side is given', () => {
    const { width, height } = resizeShorterSide(noise(60, 40), 20);
    expect([width, height]).toEqual([30, 20]);
  });

  it.each([0, 2.5, -1, NaN])('refuses a side of %d pixels', (width) => {
    expect(() => resize(noise(4, 4), { width, height: 4 })).toThrow('cannot resize');
  });
});
