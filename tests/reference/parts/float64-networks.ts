import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { randomStream } from '../../../reference/lib/random.ts';

/** Numbers in row-major order, as the oracles of these tests compute with them: plain loops in float64. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** `relu(image * filters)` with stride 1 and zeros beyond the edge: `[1, H, W, 3]` to `[1, H, W, K]`. */
export function convolve(image: Values, filters: Values): Values & { readonly data: Float64Array } {
  const [, height, width, channels] = image.shape;
  const [rows, columns, , count] = filters.shape;
  const data = new Float64Array(height * width * count);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let v = 0; v < rows; v++) {
          for (let u = 0; u < columns; u++) {
            const [i, j] = [y + v - (rows >> 1), x + u - (columns >> 1)];
            if (i < 0 || j < 0 || i >= height || j >= width) continue;
            for (let c = 0; c < channels; c++) {
              const pixel = image.data[(i * width + j) * channels + c];
              sum += pixel * filters.data[((v * columns + u) * channels + c) * count + k];
            }
          }
        }
        data[(y * width + x) * count + k] = Math.max(0, sum);
      }
    }
  }
  return { shape: [1, height, width, count], data };
}

/** A small picture network in plain float64 loops, beside the same network in TensorFlow.js. */
export interface PlainConvolution {
  readonly model: Classifier;
  readonly kernels: number;
  readonly classes: number;
  /** `relu(I * F)` of one picture, `[H, W, K]` row by row; zeros around the picture. */
  activate(image: Float64Array, height: number, width: number): Float64Array;
  /** `V[k, y]`. */
  weight(kernel: number, label: number): number;
  /** The score of a class for one picture. */
  score(image: Float64Array, height: number, width: number, label: number): number;
}

/** One bank of 3x3 filters, ReLU, mean over the places, dense layer; random weights of a seed. */
export function plainConvolution(seed: string, kernels = 5, classes = 4): PlainConvolution {
  const stream = randomStream(seed);
  const filters = stream.normals(27 * kernels, 0, 0.5);
  const dense = stream.normals(kernels * classes);
  const activate: PlainConvolution['activate'] = (image, height, width) =>
    convolve({ shape: [1, height, width, 3], data: image }, { shape: [3, 3, 3, kernels], data: filters })
      .data;
  const weight = (kernel: number, label: number): number => dense[kernel * classes + label];
  return {
    kernels,
    classes,
    activate,
    weight,
    score(image, height, width, label) {
      let sum = 0;
      activate(image, height, width).forEach((value, i) => (sum += value * weight(i % kernels, label)));
      return sum / (height * width);
    },
    model: oneConvolution(
      tf.tensor4d(filters, [3, 3, 3, kernels]),
      tf.tensor2d(dense, [kernels, classes]) satisfies Tensor2D,
    ),
  };
}

/** The central difference of `f` at `x` along each of its coordinates. */
export function finiteDifferences(
  f: (x: Float64Array) => number,
  x: Float64Array,
  step = 1e-6,
): Float64Array {
  return x.map((value, i) => {
    const at = (shifted: number): number => {
      const moved = x.slice();
      moved[i] = shifted;
      return f(moved);
    };
    return (at(value + step) - at(value - step)) / (2 * step);
  });
}

/** The gradient of a loss with respect to the values that it is of, by central differences. */
export function gradientOf(loss: (x: Values) => number, { shape, data }: Values): Float64Array {
  return finiteDifferences((x) => loss({ shape, data: x }), Float64Array.from(data), 1e-5);
}

/** The pictures of a batch as float64 numbers. */
export function plainPictures(images: Tensor4D): Float64Array[] {
  const data = Float64Array.from(images.dataSync());
  const size = data.length / images.shape[0];
  return Array.from({ length: images.shape[0] }, (_, i) => data.slice(i * size, (i + 1) * size));
}

/** Normal noise as a batch of pictures. */
export function noiseImages(seed: string, shape: [number, number, number, number]): Tensor4D {
  return tf.tensor4d(randomStream(seed).normals(shape[0] * shape[1] * shape[2] * shape[3]), shape);
}

/**
 * The largest difference, relative to the largest expected magnitude. Infinite where something is not finite, and for
 * any difference from zeros.
 */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [error, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    error = Math.max(error, Math.abs(actual[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
    if (!Number.isFinite(actual[i])) return Infinity;
  }
  return error === 0 ? 0 : error / scale;
}
