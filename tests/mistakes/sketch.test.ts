import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { rootMeanSquare, SKETCH_SIZE, sketchOf } from '../../grader/mistakes/sketch.ts';

const tensor = (values: readonly number[]): TensorData => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

describe('the sketch of a tensor', () => {
  it('is the values themselves where there are few', () => {
    expect(sketchOf(tensor([1, -2, 0.5]))).toEqual([1, -2, 0.5]);
  });

  it('is a few numbers where there are many', () => {
    expect(sketchOf(tensor(Array<number>(500).fill(1)))).toHaveLength(SKETCH_SIZE);
  });

  it('is linear, so that the difference of two sketches is that of the tensors', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const of = sketchOf(tensor(a.map((x, i) => x - b[i])));
        const [first, second] = [sketchOf(tensor(a)), sketchOf(tensor(b))];
        of.forEach((value, k) => expect(value).toBeCloseTo(first[k] - second[k], 6));
      }),
    );
  });

  it('tells the size of a difference to within a small factor', () => {
    // The estimate has 6 degrees of freedom: a quarter or four times the true size is far out in its tails.
    let worst = 1;
    for (let round = 0; round < 40; round++) {
      const values = Array.from({ length: 600 }, (_, i) => Math.sin(i * (round + 1.3)) * (1 + (i % 7)));
      const ratio = rootMeanSquare(sketchOf(tensor(values))) / rms(values);
      worst = Math.max(worst, ratio, 1 / ratio);
    }
    expect(worst).toBeLessThan(4);
  });

  it('sees a single value that is another one', () => {
    const values = Array.from({ length: 300 }, (_, i) => Math.cos(i));
    for (const place of [0, 7, 150, 299]) {
      const other = values.with(place, values[place] + 1);
      const apart = rootMeanSquare(sketchOf(tensor(values)), sketchOf(tensor(other)));
      expect(apart).toBeCloseTo(1 / Math.sqrt(300), 5);
    }
  });

  it('sees two values that have changed places', () => {
    const values = Array.from({ length: 64 }, (_, i) => i);
    const swapped = values.with(3, 40).with(40, 3);
    expect(rootMeanSquare(sketchOf(tensor(values)), sketchOf(tensor(swapped)))).toBeGreaterThan(1);
  });

  it('counts what is not finite as 0', () => {
    expect(sketchOf(tensor([NaN, 2, Infinity]))).toEqual([0, 2, 0]);
  });
});
