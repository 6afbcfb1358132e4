import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  linearDirectionalDerivative,
  normalTensor,
  onBackend,
  prepareSubject,
  relativeError,
} from './gradient-oracles.ts';

const tolerance = 1e-5;

beforeAll(async () => {
  await prepareSubject();
});

/** What is alive: the engine's tensors, and the data that each backend holds. */
function alive(): number[] {
  return [tf.memory().numTensors, tf.findBackend('wasm').numDataIds(), tf.findBackend('cpu').numDataIds()];
}

let before: number[];
beforeEach(() => {
  before = alive();
});
afterEach(() => {
  expect(alive(), 'tensors alive before and after the test').toEqual(before);
});

/** Computes on both backends and expects the same values. */
function expectSame(compute: () => tf.Tensor): void {
  const expected = onBackend('cpu', compute);
  expect(expected.length).toBeGreaterThan(0);
  expect(relativeError({ actual: onBackend('subject', compute), expected })).toBeLessThanOrEqual(tolerance);
}

const x = (): tf.Tensor => normalTensor<tf.Rank.R2>('x', [4, 6]);
const w = (): tf.Tensor => normalTensor<tf.Rank.R2>('w', [6, 3]);

describe('the WASM backend', () => {
  it('has every kernel that the plain backend has', () => {
    const names = (backend: string): string[] =>
      tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
    expect(names('wasm')).toEqual(expect.arrayContaining(names('cpu')));
  });

  it('differentiates gather', () => {
    expectSame(() => tf.grad((a: tf.Tensor) => tf.square(tf.gather(a, [0, 2, 2, 3])))(x()));
  });

  it.each([
    ['ij,jk->ik', [4, 6], [6, 3]],
    ['ij,kj->ik', [4, 6], [3, 6]],
    ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
    ['bhwc,bhwd->bcd', [2, 3, 4, 2], [2, 3, 4, 3]],
    ['ij,i->i', [4, 6], [4]],
  ])('differentiates einsum %s', (equation, left, right) => {
    for (const which of [0, 1]) {
      const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.square(tf.einsum(equation, a, b));
      expectSame(
        () => tf.grads(f)([normalTensor('a', left as [number]), normalTensor('b', right as [number])])[which],
      );
    }
  });

  it('gives einsum the gradient of the matrix product that it spells', () => {
    const [spelled, product] = [
      (a: tf.Tensor, b: tf.Tensor) => tf.einsum('ij,jk->ik', a, b),
      (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b),
    ].map((f) =>
      onBackend('subject', () => tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.square(f(a, b)))([x(), w()])[0]),
    );
    expect(relativeError({ actual: spelled, expected: product })).toBeLessThanOrEqual(tolerance);
  });

  it('computes Fourier transforms and complex arithmetic', () => {
    expectSame(() => tf.real(tf.fft(tf.complex(x(), tf.square(x())))));
    expectSame(() => tf.imag(tf.ifft(tf.complex(x(), tf.square(x())))));
    expectSame(() => tf.abs(tf.rfft(x())));
    expectSame(() => tf.real(tf.mul(tf.complex(x(), x()), tf.complex(x(), tf.neg(x())))));
    expectSame(() => tf.reshape(tf.abs(tf.reshape(tf.complex(x(), x()), [3, 8])), [24]));
  });

  it('runs a gradient that is written with Fourier transforms', () => {
    // Re(F x) is linear and its matrix symmetric, so its gradient is Re(F dy).
    const realPart = (a: tf.Tensor): tf.Tensor => tf.real(tf.fft(tf.complex(a, tf.zerosLike(a))));
    const transform = tf.customGrad((a) => ({
      value: realPart(a as tf.Tensor),
      gradFunc: (dy) => realPart(dy),
    }));
    tf.tidy(() => {
      const direction = normalTensor<tf.Rank.R2>('direction', [4, 6]);
      const weighted = (a: tf.Tensor): tf.Tensor => tf.sum(tf.mul(x(), transform(a)));
      const slope = linearDirectionalDerivative(weighted, x(), direction);
      const predicted = tf.sum(tf.mul(direction, tf.grad(weighted)(x()))).dataSync()[0];
      expect(Math.abs(predicted - slope)).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(slope)));
    });
  });

  it('reads back complex numbers, real and imaginary parts alternating', () => {
    const values = tf.tidy(() => [...tf.complex([1, 2], [3, 4]).dataSync()]);
    expect(values).toEqual([1, 3, 2, 4]);
  });

  it('differentiates the weights of a small convolutional network', () => {
    const loss = (c1: tf.Tensor, depthwise: tf.Tensor, dense: tf.Tensor): tf.Scalar => {
      const images = normalTensor<tf.Rank.R4>('images', [3, 8, 8, 3]);
      const hidden = tf.relu(tf.conv2d(images, c1 as tf.Tensor4D, 1, 'same'));
      const pooled = tf.maxPool(hidden as tf.Tensor4D, 2, 2, 'valid');
      const separate = tf.depthwiseConv2d(pooled, depthwise as tf.Tensor4D, 1, 'same');
      const logits = tf.matMul(tf.reshape(separate, [3, 64]), dense as tf.Tensor2D);
      return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 2, 1], 'int32'), 3), logits);
    };
    for (const which of [0, 1, 2]) {
      expectSame(
        () =>
          tf.grads(loss)([
            normalTensor<tf.Rank.R4>('c1', [3, 3, 3, 4]),
            normalTensor<tf.Rank.R4>('depthwise', [3, 3, 4, 1]),
            normalTensor<tf.Rank.R2>('dense', [64, 3]),
          ])[which],
      );
    }
  });

  it('leaves nothing behind when a plain kernel throws', () => {
    expect(() => tf.tidy(() => tf.slice(tf.complex([1, 2], [3, 4]), [1], [1]))).toThrow('complex64');
  });
});

describe('tensors that share data', () => {
  it('are copied by nobody and outlive each other', () => {
    const original = tf.tensor1d([1, 2, 3]);
    const copy = tf.clone(original);
    const same = tf.cast(copy, 'float32');
    expect(tf.findBackend('wasm').numDataIds()).toBe(before[1] + 1);
    original.dispose();
    copy.dispose();
    expect([...same.dataSync()]).toEqual([1, 2, 3]);
    same.dispose();
  });

  it('keep a filter’s flipped copy until the filter goes, and release its memory then', () => {
    const gradientOnce = (filter: tf.Tensor4D): Float32Array =>
      tf.tidy(
        () =>
          tf
            .grad((a: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, filter, 1, 'same'))(tf.ones([1, 4, 4, 64]))
            .dataSync() as Float32Array,
      );
    const heap = (): number =>
      (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.byteLength;
    const round = (value: number): number => {
      const filter = tf.fill([3, 3, 64, 64], value) as tf.Tensor4D;
      const [first, second] = [gradientOnce(filter), gradientOnce(filter)];
      filter.dispose();
      expect(second).toEqual(first);
      return first[0];
    };
    const base = round(1);
    const size = heap();
    for (let value = 2; value <= 200; value++) expect(round(value)).toBe(value * base);
    expect(heap()).toBe(size);
  });
});

describe('casts to bool', () => {
  it('are true for all that is not zero', () => {
    const values = tf.tidy(() => [...tf.cast(tf.tensor1d([0, -0, 0.5, -2, 256, NaN]), 'bool').dataSync()]);
    expect(values).toEqual([0, 0, 1, 1, 1, 1]);
  });
});

describe('slices and splits', () => {
  it.each([
    [[5], [1], [3]],
    [
      [4, 5],
      [1, 0],
      [2, 5],
    ],
    [
      [4, 5],
      [1, 2],
      [3, 2],
    ],
    [
      [3, 4, 5],
      [0, 1, 2],
      [3, 2, 3],
    ],
    [
      [2, 3, 4, 5],
      [1, 0, 1, 0],
      [1, 3, 2, 5],
    ],
    [
      [2, 3, 4, 5],
      [0, 1, 0, 4],
      [2, 2, 4, 1],
    ],
    [
      [2, 2, 3, 2, 4],
      [0, 1, 0, 1, 1],
      [2, 1, 2, 1, 3],
    ],
  ])('of %j at %j of size %j are those of the plain backend', (shape, begin, size) => {
    expectSame(() => tf.slice(normalTensor('x', shape as [number]), begin, size));
    expectSame(() =>
      tf.cast(tf.slice(tf.cast(normalTensor('x', shape as [number]), 'bool'), begin, size), 'float32'),
    );
  });

  it('along each axis are those of the plain backend', () => {
    for (const axis of [0, 1, 2, 3]) {
      for (const part of [0, 1, 2]) {
        expectSame(() => tf.split(normalTensor<tf.Rank.R4>('x', [6, 6, 6, 6]), [1, 2, 3], axis)[part]);
      }
    }
  });

  it('of nothing are empty', () => {
    const empty = tf.tidy(() => tf.slice(tf.ones([3, 4]), [1, 1], [0, 2]));
    expect(empty.shape).toEqual([0, 2]);
    empty.dispose();
  });

  it('out of range are refused', () => {
    expect(() => tf.tidy(() => tf.slice(tf.ones([3, 4]), [1, 1], [3, 2]))).toThrow();
  });
});

describe('a window that is larger than the image', () => {
  const window = (height: number): [number, number] => [height, 1];
  const calls: [string, (image: tf.Tensor4D, height: number) => tf.Tensor][] = [
    ['conv2d', (image, height) => tf.conv2d(image, tf.ones([height, 1, 3, 8]), 1, 'valid')],
    ['depthwiseConv2d', (image, height) => tf.depthwiseConv2d(image, tf.ones([height, 1, 3, 1]), 1, 'valid')],
    ['maxPool', (image, height) => tf.maxPool(image, window(height), 1, 'valid')],
    ['avgPool', (image, height) => tf.avgPool(image, window(height), 1, 'valid')],
  ];

  it.each(calls)('gives %s nothing, or is refused, and nothing is written elsewhere', (_, call) => {
    const shape = (height: number): number[] =>
      tf.tidy(() => call(tf.ones<tf.Rank.R4>([1, 3, 8, 3]), height).shape);
    expect(shape(4).slice(0, 3)).toEqual([1, 0, 8]);
    // Two rows too many make a length of -1.
    for (const height of [5, 6]) expect(() => shape(height)).toThrow(/length|shape/);
  });
});
