import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { randomStream } from '../../../reference/lib/random.ts';

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
  const activate: PlainConvolution['activate'] = (image, height, width) => {
    const activation = new Float64Array(height * width * kernels);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let k = 0; k < kernels; k++) {
          let sum = 0;
          for (let i = 0; i < 3; i++) {
            for (let j = 0; j < 3; j++) {
              const [row, column] = [y + i - 1, x + j - 1];
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < 3; c++) {
                sum += image[(row * width + column) * 3 + c] * filters[((i * 3 + j) * 3 + c) * kernels + k];
              }
            }
          }
          activation[(y * width + x) * kernels + k] = Math.max(0, sum);
        }
      }
    }
    return activation;
  };
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

/** The largest difference, relative to the largest expected magnitude; infinite where something is not finite. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [error, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    error = Math.max(error, Math.abs(actual[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
    if (!Number.isFinite(actual[i])) return Infinity;
  }
  return scale === 0 ? error : error / scale;
}
