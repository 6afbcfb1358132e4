import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { channelDeviation, channelMean } from '../../../reference/lib/picture/preprocess.ts';
import {
  objectiveScore,
  optimizerStep,
  regularizationPenalty,
} from '../../../reference/parts/activation-maximization/activation-maximization.ts';
import { adam } from '../../../reference/parts/activation-maximization/contract.ts';
import type { Optimizer, OptimizerState } from '../../../reference/parts/activation-maximization/contract.ts';
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

/** Pixels between 0.1 and 0.9. */
const somePixels = (seed: string, height: number, width: number): tf.Tensor4D =>
  noiseImages(seed, [1, height, width, 3]).sigmoid().mul<tf.Tensor4D>(0.8).add(0.1);
const preprocessed = (pixels: Float64Array): Float64Array =>
  pixels.map((value, i) => (value - channelMean[i % 3]) / channelDeviation[i % 3]);

describe('the score of an objective', () => {
  const network = plainConvolution('objective');
  const [height, width, label] = [5, 6, 2];
  const pixels = somePixels('pixels', height, width);
  const [plain] = plainPictures(pixels);
  const scores = (x: Float64Array): number[] =>
    Array.from({ length: network.classes }, (_, k) => network.score(preprocessed(x), height, width, k));
  const logSum = (values: readonly number[]): number =>
    Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));

  it.each([
    ['logit', (x: Float64Array) => scores(x)[label]],
    ['log-softmax', (x: Float64Array) => scores(x)[label] - logSum(scores(x))],
    ['softmax', (x: Float64Array) => Math.exp(scores(x)[label] - logSum(scores(x)))],
  ] as const)('is the %s of the preprocessed pixels, and so is its slope', (output, expected) => {
    const score = (x: tf.Tensor): tf.Scalar =>
      objectiveScore(x as tf.Tensor4D, { kind: 'class', label, output }, network.model);
    expect(score(pixels).shape).toEqual([]);
    expect(score(pixels).dataSync()[0]).toBeCloseTo(expected(plain), 4);
    const slope = tf.grad(score)(pixels);
    expect(largestError(slope.dataSync(), finiteDifferences(expected, plain))).toBeLessThan(1e-4);
  });

  it('is the mean of a hidden channel over its places', () => {
    const channel = 3;
    const mean = (x: Float64Array): number => {
      const values = network.activate(preprocessed(x), height, width);
      return (
        values.reduce((sum, value, i) => sum + (i % network.kernels === channel ? value : 0), 0) /
        (height * width)
      );
    };
    const score = (x: tf.Tensor): tf.Scalar =>
      objectiveScore(x as tf.Tensor4D, { kind: 'feature', layer: 0, channel }, network.model);
    expect(score(pixels).dataSync()[0]).toBeCloseTo(mean(plain), 4);
    expect(largestError(tf.grad(score)(pixels).dataSync(), finiteDifferences(mean, plain))).toBeLessThan(
      1e-4,
    );
  });
});

describe('the step of an optimizer', () => {
  const gradients = [0, 1, 2].map((t) => noiseImages(`gradient ${t}`, [1, 2, 3, 3]));

  /** The changes of three steps that hand on the state. */
  function changes(optimizer: Optimizer): number[] {
    let state: OptimizerState = {
      step: 0,
      first: tf.zerosLike(gradients[0]),
      second: tf.zerosLike(gradients[0]),
    };
    return gradients.flatMap((gradient) => {
      const next = optimizerStep(gradient, state, optimizer);
      ({ state } = next);
      return [...next.change.dataSync()];
    });
  }
  /** The same in float64, value by value, `rule` being called once for each step. */
  function plainChanges(newRule: () => (g: number, t: number) => number): number[] {
    const rules = Array.from({ length: 18 }, newRule);
    return gradients.flatMap((gradient, i) => Array.from(gradient.dataSync(), (g, j) => rules[j](g, i + 1)));
  }

  it('is the gradient times the rate for plain ascent', () => {
    const expected = plainChanges(() => (g) => 0.3 * g);
    expect(largestError(changes({ kind: 'ascent', learningRate: 0.3 }), expected)).toBeLessThan(1e-6);
  });

  it('is the velocity times the rate for momentum', () => {
    const expected = plainChanges(() => {
      let v = 0;
      return (g) => 0.2 * (v = 0.7 * v + g);
    });
    const received = changes({ kind: 'momentum', learningRate: 0.2, momentum: 0.7 });
    expect(largestError(received, expected)).toBeLessThan(1e-6);
  });

  it('is the corrected mean over the corrected deviation for Adam; first of all the rate, uphill', () => {
    const expected = plainChanges(() => {
      let [m, v] = [0, 0];
      return (g, t) => {
        m = 0.8 * m + 0.2 * g;
        v = 0.95 * v + 0.05 * g * g;
        return (0.1 * (m / (1 - 0.8 ** t))) / (Math.sqrt(v / (1 - 0.95 ** t)) + 1e-3);
      };
    });
    const optimizer = { kind: 'adam', learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 } as const;
    expect(largestError(changes(optimizer), expected)).toBeLessThan(1e-5);
    const first = changes(adam(0.1)).slice(0, 18);
    const signs = Array.from(gradients[0].dataSync(), (g) => 0.1 * Math.sign(g));
    expect(largestError(first, signs)).toBeLessThan(1e-4);
  });
});

describe('the penalty of the regularizers', () => {
  it('is the squares plus the squared differences of neighbours, in float64', () => {
    const [height, width] = [4, 6];
    const pixels = somePixels('penalized', height, width);
    const [plain] = plainPictures(pixels);
    const penalty = (x: Float64Array): number => {
      const image = preprocessed(x);
      let sum = 0;
      for (let i = 0; i < image.length; i++) {
        const [row, column] = [Math.floor(i / (3 * width)), Math.floor(i / 3) % width];
        sum += 0.3 * image[i] ** 2;
        if (column + 1 < width) sum += 0.7 * (image[i + 3] - image[i]) ** 2;
        if (row + 1 < height) sum += 0.7 * (image[i + 3 * width] - image[i]) ** 2;
      }
      return sum;
    };
    const ours = (x: tf.Tensor): tf.Scalar => regularizationPenalty(x as tf.Tensor4D, { l2: 0.3, tv: 0.7 });
    expect(ours(pixels).dataSync()[0] / penalty(plain)).toBeCloseTo(1, 5);
    const slope = tf.grad(ours)(pixels).dataSync();
    expect(largestError(slope, finiteDifferences(penalty, plain))).toBeLessThan(1e-4);
    expect(regularizationPenalty(pixels, {}).dataSync()[0]).toBe(0);
  });
});
