import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { squeezenet } from '../../../reference/lib/models/squeezenet.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { contrastMethods } from '../../../reference/parts/contrastive/contract.ts';
import { contrast } from '../../../reference/parts/contrastive/contrastive.ts';
import { noisyCopy } from '../../../reference/parts/saliency-variants/noisy-copy.ts';
import { randomWeights, weightTensors } from '../models/random-weights.ts';
import { largestError, noiseImages, plainConvolution, plainPictures } from './float64-networks.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

const integers = (values: readonly number[]): tf.Tensor1D => tf.tensor1d([...values], 'int32');

const [predicted, actual] = [
  [2, 0],
  [1, 3],
];

const subtract = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]);

/** The largest magnitude of each three numbers. */
function largestOfChannels(gradient: ArrayLike<number>): number[] {
  return Array.from({ length: gradient.length / 3 }, (_, p) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(gradient[3 * p + c]))),
  );
}

function expectContrast(
  found: ReturnType<typeof contrast>,
  maps: { predicted: readonly number[]; actual: readonly number[] },
  tolerance: number,
): void {
  expect(largestError(found.predicted.dataSync(), maps.predicted)).toBeLessThan(tolerance);
  expect(largestError(found.actual.dataSync(), maps.actual)).toBeLessThan(tolerance);
  const difference = subtract(maps.predicted, maps.actual);
  expect(Math.min(...difference)).toBeLessThan(0);
  expect(Math.max(...difference)).toBeGreaterThan(0);
  expect(largestError(found.difference.dataSync(), difference)).toBeLessThan(tolerance);
}

describe('contrastive explanations', () => {
  it.each(['saliency', 'smoothed'] as const)(
    'by %s are the magnitudes of two columns of a linear model’s weights, and their difference',
    (method) => {
      const [height, width, classes] = [4, 6, 5];
      const weights = noiseImages('weights', [height, width, 3, classes]);
      const w = weights.dataSync();
      const mapOf = (label: number): number[] =>
        largestOfChannels(Array.from({ length: height * width * 3 }, (_, i) => w[i * classes + label]));
      const images = noiseImages('pictures', [2, height, width, 3]);
      const found = contrast(
        images,
        integers(predicted),
        integers(actual),
        linearClassifier(weights),
        method,
      );
      expect(found.difference.shape).toEqual([2, height, width]);
      expectContrast(found, { predicted: predicted.flatMap(mapOf), actual: actual.flatMap(mapOf) }, 1e-5);
    },
  );

  it('by Grad-CAM are the closed form on one convolution: relu(sum over k of V[k, y] A_k), scaled', () => {
    const network = plainConvolution('contrast');
    const [height, width] = [6, 5];
    const images = noiseImages('pictures', [2, height, width, 3]);
    const pictures = plainPictures(images);
    const mapsOf = (labels: readonly number[]): number[] =>
      pictures.flatMap((picture, n) => {
        const activation = network.activate(picture, height, width);
        const map = Array.from({ length: height * width }, (_, p) => {
          let sum = 0;
          for (let k = 0; k < network.kernels; k++) {
            sum += network.weight(k, labels[n]) * activation[p * network.kernels + k];
          }
          return Math.max(0, sum);
        });
        const largest = Math.max(...map);
        return map.map((value) => (largest === 0 ? 0 : value / largest));
      });
    const found = contrast(images, integers(predicted), integers(actual), network.model, 'grad-cam');
    expectContrast(found, { predicted: mapsOf(predicted), actual: mapsOf(actual) }, 1e-5);
  });

  it('by smoothed saliency average the gradient over copies, with the same noise for both classes', () => {
    const [side, units, classes] = [3, 9, 4];
    const size = side * side * 3;
    const hidden = noiseImages('hidden', [side, side, 3, units]);
    const output = tf.tensor2d(randomStream('output').normals(units * classes), [units, classes]);
    const images = noiseImages('pictures', [2, side, side, 3]);
    const smoothing = { samples: 5, deviation: 0.6, seed: 'noise' };
    const copies = Array.from({ length: smoothing.samples }, (_, i) =>
      plainPictures(noisyCopy(images, i, smoothing)),
    );
    const [u, v] = [hidden.dataSync(), output.dataSync()];
    const gradientAt = (x: Float64Array, label: number): Float64Array => {
      const gradient = new Float64Array(size);
      for (let j = 0; j < units; j++) {
        const sum = x.reduce((total, value, i) => total + value * u[i * units + j], 0);
        if (sum > 0) gradient.forEach((_, i) => (gradient[i] += u[i * units + j] * v[j * classes + label]));
      }
      return gradient;
    };
    const mapsOf = (labels: readonly number[]): number[] =>
      labels.flatMap((label, n) => {
        const mean = new Float64Array(size);
        for (const copy of copies) {
          gradientAt(copy[n], label).forEach((value, i) => (mean[i] += value / copies.length));
        }
        return largestOfChannels(mean);
      });
    const model = twoLayerRelu(hidden, output);
    const found = contrast(images, integers(predicted), integers(actual), model, 'smoothed', { smoothing });
    expectContrast(found, { predicted: mapsOf(predicted), actual: mapsOf(actual) }, 1e-5);
  });

  it('take Grad-CAM of the last layer, whatever their number, or of the one that is asked for', () => {
    const model = squeezenet(weightTensors(randomWeights('1.1')), {
      version: '1.1',
      name: 'random',
      classNames: ['a', 'b', 'c', 'd'],
      inputSize: 40,
    });
    const asked: number[] = [];
    const watched = {
      ...model,
      fromFeatures: (activation: tf.Tensor4D, index: number) => {
        asked.push(index);
        return model.fromFeatures(activation, index);
      },
    };
    const image = noiseImages('picture', [1, 40, 40, 3]);
    contrast(image, integers([0]), integers([1]), watched, 'grad-cam');
    contrast(image, integers([0]), integers([1]), watched, 'grad-cam', { layer: 0 });
    expect([...new Set(asked)]).toEqual([12, 0]);
  });

  it.each(contrastMethods)('by %s leave three tensors and nothing else', (method) => {
    const { model } = plainConvolution('contrast');
    const [images, p, a] = [noiseImages('pictures', [2, 5, 5, 3]), integers(predicted), integers(actual)];
    const before = tf.memory().numTensors;
    contrast(images, p, a, model, method);
    expect(tf.memory().numTensors).toBe(before + 3);
  });
});
