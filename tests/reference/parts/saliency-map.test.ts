import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { computeSaliencyMaps } from '../../../reference/parts/saliency-map/saliency-map.ts';
import {
  finiteDifferences,
  largestError,
  noiseImages,
  plainConvolution,
  plainPictures,
} from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const integers = (values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');

describe('saliency maps', () => {
  it('are the largest magnitude over the channels of the score’s slope, by finite differences in float64', () => {
    const network = plainConvolution('saliency');
    const [height, width, labels] = [5, 7, [3, 0, 1]];
    const images = noiseImages('saliency pictures', [3, height, width, 3]);
    const maps = computeSaliencyMaps(images, integers(labels), network.model);
    const expected = plainPictures(images).flatMap((picture, n) => {
      const slope = finiteDifferences((x) => network.score(x, height, width, labels[n]), picture);
      return Array.from({ length: height * width }, (_, p) =>
        Math.max(...[0, 1, 2].map((c) => Math.abs(slope[3 * p + c]))),
      );
    });
    expect(maps.shape).toEqual([3, height, width]);
    expect(largestError(maps.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('are the magnitude of the weights of a linear model, whatever the picture', () => {
    const weights = noiseImages('weights', [4, 4, 3, 2]);
    const maps = computeSaliencyMaps(
      noiseImages('any', [1, 4, 4, 3]),
      integers([1]),
      linearClassifier(weights),
    );
    const data = weights.dataSync();
    const expected = Array.from({ length: 16 }, (_, p) =>
      Math.max(...[0, 1, 2].map((c) => Math.abs(data[(3 * p + c) * 2 + 1]))),
    );
    expect([...maps.dataSync()]).toEqual(expected);
  });

  it('leave no tensors behind', () => {
    const { model } = plainConvolution('saliency');
    const [images, labels] = [noiseImages('any', [1, 4, 4, 3]), integers([0])];
    const before = tf.memory().numTensors;
    computeSaliencyMaps(images, labels, model).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
