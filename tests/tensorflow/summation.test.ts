import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { landscape } from '../../reference/lib/shapes/landscape.ts';
import { activations, heavyTail, largestError, productInDoubles } from './heavy-tail.ts';

/** Half the distance of two float32 numbers next to each other, relative to the smaller: one rounding. */
const oneRounding = 2 ** -24 * (1 + 1e-6);
/** What every loss and every product of this course may be off, relative to float64. */
const accuracy = 2e-6;
/** What rounding each term to float32 before it is added may do on top. */
const roundedTerms = 2e-7;

const side = 192;

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

function sumInDoubles(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index];
  return total;
}

function valuesOf(compute: () => tf.Tensor): Float32Array {
  return tf.tidy(() => compute().dataSync() as Float32Array);
}

describe('a sum', () => {
  const million = heavyTail('million', 1e6);

  it('of a million positive values with a heavy tail is off by one rounding', () => {
    const total = sumInDoubles(million);
    expect(
      largestError(
        valuesOf(() => tf.sum(tf.tensor1d(million))),
        [total],
      ),
    ).toBeLessThanOrEqual(oneRounding);
    expect(
      largestError(
        valuesOf(() => tf.mean(tf.tensor1d(million))),
        [total / 1e6],
      ),
    ).toBeLessThanOrEqual(oneRounding);
  });

  it.each([
    [[1000, 1000], [0]],
    [[1000, 1000], [1]],
    [[1000, 1000], [-1]],
    [
      [1, 500, 500, 3],
      [1, 2],
    ],
    [[500, 500, 4], [2]],
    [
      [20, 100, 5, 100],
      [0, 2],
    ],
    [
      [20, 100, 5, 100],
      [1, 3],
    ],
    [
      [100, 20, 10, 10],
      [0, 1, 3],
    ],
  ] as const)('of %j over %j is off by one rounding', (shape, axes) => {
    const values = million.subarray(0, tf.util.sizeFromShape([...shape]));
    const along = axes.map((axis) => (axis + shape.length) % shape.length);
    const kept = shape.map((size, axis) => (along.includes(axis) ? 1 : size));
    const strides = [...tf.util.computeStrides([...shape]), 1];
    const keptStrides = [...tf.util.computeStrides(kept), 1];
    const expected = new Float64Array(tf.util.sizeFromShape(kept));
    values.forEach((value, index) => {
      const place = strides.reduce(
        (sum, stride, axis) =>
          sum + (kept[axis] === 1 ? 0 : (Math.floor(index / stride) % shape[axis]) * keptStrides[axis]),
        0,
      );
      expected[place] += value;
    });
    const x = (): tf.Tensor => tf.tensor(values, [...shape]);
    expect(
      largestError(
        valuesOf(() => tf.sum(x(), [...axes])),
        expected,
      ),
    ).toBeLessThanOrEqual(oneRounding);
    const terms = values.length / expected.length;
    const means = expected.map((total) => total / terms);
    expect(
      largestError(
        valuesOf(() => tf.mean(x(), [...axes], true)),
        means,
      ),
    ).toBeLessThanOrEqual(oneRounding);
  });

  it('of whole numbers is exact', () => {
    const odd = Int32Array.from({ length: 1e5 }, (_, index) => 2 * index + 1);
    expect([...valuesOf(() => tf.sum(tf.tensor1d(odd, 'int32')))]).toEqual([1e10 | 0]);
  });

  it('of nothing is 0', () => {
    expect([...valuesOf(() => tf.sum(tf.zeros([0, 3]), 0))]).toEqual([0, 0, 0]);
    expect([...valuesOf(() => tf.mean(tf.zeros([3, 0]), 1))]).toEqual([0, 0, 0]);
  });

  it('that runs on, a norm and moments are as accurate', () => {
    const x = (): tf.Tensor1D => tf.tensor1d(million);
    expect(valuesOf(() => tf.cumsum(x()))[999_999] / sumInDoubles(million) - 1).toBeLessThanOrEqual(
      oneRounding,
    );
    const squares = Math.sqrt(sumInDoubles(million.map((value) => value * value)));
    expect(
      largestError(
        valuesOf(() => tf.norm(x())),
        [squares],
      ),
    ).toBeLessThanOrEqual(roundedTerms);
    const mean = sumInDoubles(million) / 1e6;
    const variance = sumInDoubles(Float64Array.from(million, (value) => (value - mean) ** 2)) / 1e6;
    expect(
      largestError(
        valuesOf(() => tf.moments(x()).variance),
        [variance],
      ),
    ).toBeLessThanOrEqual(roundedTerms);
  });
});

describe('the losses of a picture of 192 pixels', () => {
  const size = side * side * 3;

  it('are within two millionths of float64: content loss', () => {
    const [features, target] = [activations('features', size), activations('target', size)];
    const expected = sumInDoubles(
      Float64Array.from(features, (value, index) => (value - target[index]) ** 2),
    );
    const loss = valuesOf(() => tf.sum(tf.square(tf.sub(tf.tensor1d(features), tf.tensor1d(target)))));
    expect(largestError(loss, [expected])).toBeLessThanOrEqual(accuracy);
  });

  it('are within two millionths of float64: total variation', () => {
    const pixels = Float32Array.from(landscape(side).data);
    let expected = 0;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const at = (y * side + x) * 3 + channel;
          if (x + 1 < side) expected += (pixels[at + 3] - pixels[at]) ** 2;
          if (y + 1 < side) expected += (pixels[at + 3 * side] - pixels[at]) ** 2;
        }
      }
    }
    const loss = valuesOf(() => {
      const picture = tf.tensor3d(pixels, [side, side, 3]);
      const part = (begin: number[], sides: number[]): tf.Tensor => tf.slice(picture, begin, sides);
      const across = tf.sub(part([0, 1, 0], [side, side - 1, 3]), part([0, 0, 0], [side, side - 1, 3]));
      const down = tf.sub(part([1, 0, 0], [side - 1, side, 3]), part([0, 0, 0], [side - 1, side, 3]));
      return tf.add(tf.sum(tf.square(across)), tf.sum(tf.square(down)));
    });
    expect(largestError(loss, [expected])).toBeLessThanOrEqual(accuracy);
  });
});

describe('a product along a long axis is within two millionths of float64:', () => {
  it.each([
    ['heavy tail', heavyTail, 95 * 95, 64],
    ['heavy tail', heavyTail, side * side, 16],
    ['heavy tail', heavyTail, side * side, 3],
    ['behind a ReLU', activations, 47 * 47, 128],
    ['behind a ReLU', activations, side * side, 30],
  ] as const)('the Gram matrix of features with a %s', (_, draw, places, channels) => {
    const features = draw('features', places * channels);
    const gram = valuesOf(() => {
      const matrix = tf.tensor3d(features, [1, places, channels]);
      return tf.matMul(matrix, matrix, true, false);
    });
    const expected = productInDoubles(features, features, { rows: channels, columns: channels });
    expect(largestError(gram, expected)).toBeLessThanOrEqual(accuracy);
  });

  it.each([
    [1, 300],
    [3, 200],
    [7, 33],
    [64, 1],
  ])('%i rows by %i columns, however they lie', (rows, columns) => {
    const inner = 3001;
    const [a, b] = [heavyTail('a', inner * rows), heavyTail('b', inner * columns)];
    const expected = productInDoubles(a, b, { rows, columns });
    for (const swapA of [false, true]) {
      for (const swapB of [false, true]) {
        const product = valuesOf(() => {
          const [left, right] = [tf.tensor2d(a, [inner, rows]), tf.tensor2d(b, [inner, columns])];
          return tf.matMul(
            swapA ? left : tf.transpose(left),
            swapB ? tf.transpose(right) : right,
            swapA,
            swapB,
          );
        });
        expect(largestError(product, expected)).toBeLessThanOrEqual(accuracy);
      }
    }
  });

  it('the gradient of a convolution with respect to its filter', () => {
    const [n, channels, outputs] = [24, 3, 5];
    const [x, dy] = [heavyTail('x', n * n * channels), heavyTail('dy', n * n * outputs)];
    const gradient = valuesOf(() =>
      tf.grad((filter: tf.Tensor) =>
        tf.conv2d(tf.tensor4d(x, [1, n, n, channels]), filter as tf.Tensor4D, 1, 'same'),
      )(tf.zeros([1, 1, channels, outputs]), tf.tensor4d(dy, [1, n, n, outputs])),
    );
    const expected = productInDoubles(x, dy, { rows: channels, columns: outputs });
    expect(largestError(gradient, expected)).toBeLessThanOrEqual(accuracy);
  });

  it.each([64, 256, 512])('a 1x1 convolution of %i channels, added up by XNNPACK', (channels) => {
    const [places, outputs] = [36, 8];
    const [x, filter] = [heavyTail('x', places * channels), heavyTail('filter', channels * outputs)];
    const byChannel = Float32Array.from(
      x,
      (_, index) => x[(index % places) * channels + Math.floor(index / places)],
    );
    const result = valuesOf(() =>
      tf.conv2d(
        tf.tensor4d(x, [1, 6, 6, channels]),
        tf.tensor4d(filter, [1, 1, channels, outputs]),
        1,
        'valid',
      ),
    );
    const expected = productInDoubles(byChannel, filter, { rows: places, columns: outputs });
    expect(largestError(result, expected)).toBeLessThanOrEqual(accuracy);
  });

  it('the mean of a picture by average pooling', () => {
    const values = heavyTail('pooled', side * side);
    const mean = sumInDoubles(values) / values.length;
    const pooled = valuesOf(() => tf.avgPool(tf.tensor4d(values, [1, side, side, 1]), side, 1, 'valid'));
    expect(largestError(pooled, [mean])).toBeLessThanOrEqual(oneRounding);
  });
});
