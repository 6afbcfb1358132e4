import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { blur } from '../../../reference/lib/ascent/blur.ts';
import { jitterOffsets } from '../../../reference/lib/ascent/jitter.ts';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { channelDeviation, channelMean } from '../../../reference/lib/picture/preprocess.ts';
import { maximizeActivation } from '../../../reference/parts/activation-maximization/activation-maximization.ts';
import { adam } from '../../../reference/parts/activation-maximization/contract.ts';
import type { Objective } from '../../../reference/parts/activation-maximization/contract.ts';
import { inverseSigmoid } from '../../../reference/parts/activation-maximization/pixels.ts';
import { largestError, noiseImages, plainPictures } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const logit = (label: number): Objective => ({ kind: 'class', label, output: 'logit' });
/** Pixels between 0.1 and 0.9. */
const somePixels = (seed: string, height: number, width: number): tf.Tensor4D =>
  noiseImages(seed, [1, height, width, 3]).sigmoid().mul<tf.Tensor4D>(0.8).add(0.1);
const preprocessed = (pixels: Float64Array): Float64Array =>
  pixels.map((value, i) => (value - channelMean[i % 3]) / channelDeviation[i % 3]);

describe('activation maximization', () => {
  const [height, width, classes] = [4, 5, 3];
  const weights = noiseImages('weights', [height, width, 3, classes]);
  const model = linearClassifier(weights);
  const w = weights.dataSync();
  const start = somePixels('start', height, width);
  const [pixels] = plainPictures(start);
  /** The slope of a linear score with respect to the pixels. */
  const slope = (label: number): Float64Array =>
    pixels.map((_, i) => w[i * classes + label] / channelDeviation[i % 3]);
  const score = (x: Float64Array, label: number): number =>
    preprocessed(x).reduce((sum, value, i) => sum + value * w[i * classes + label], 0);

  it('finds the best picture of a linear model: white where the weight is positive, black elsewhere', () => {
    const { image, scores } = maximizeActivation(logit(1), model, {
      start,
      steps: 50,
      parametrization: 'clip',
      optimizer: { kind: 'ascent', learningRate: 5 },
    });
    const best = pixels.map((_, i) => (w[i * classes + 1] > 0 ? 1 : 0));
    expect([...image.dataSync()]).toEqual([...best]);
    expect(scores).toHaveLength(51);
    expect(scores[0]).toBeCloseTo(score(pixels, 1), 3);
    expect(scores[50]).toBeCloseTo(score(best, 1), 3);
  });

  it('climbs through the sigmoid with momentum, in float64', () => {
    const steps = 4;
    const z = pixels.map((value) => Math.log(value / (1 - value)));
    const v = new Float64Array(z.length);
    const expectedScores = [score(pixels, 2)];
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
    for (let t = 0; t < steps; t++) {
      slope(2).forEach((g, i) => {
        const p = sigmoid(z[i]);
        v[i] = 0.6 * v[i] + g * p * (1 - p);
        z[i] += 0.2 * v[i];
      });
      expectedScores.push(score(z.map(sigmoid), 2));
    }
    const { image, scores } = maximizeActivation(logit(2), model, {
      start,
      steps,
      parametrization: 'sigmoid',
      optimizer: { kind: 'momentum', learningRate: 0.2, momentum: 0.6 },
    });
    expect(largestError(image.dataSync(), z.map(sigmoid))).toBeLessThan(1e-5);
    expect(largestError(scores, expectedScores)).toBeLessThan(1e-5);
  });

  it('shifts the objective, penalizes the picture itself, clips and then blurs, in float64', () => {
    const [steps, rate, l2, seed, sigma] = [4, 0.01, 0.2, 'shifts', 0.6];
    const offsets = jitterOffsets({ seed, count: steps, maxJitter: 2 });
    let z = pixels.slice();
    offsets.forEach(([down, right], t) => {
      const image = preprocessed(z);
      z = z.map((value, i) => {
        // The pixel that lies here is seen by the weight of where it is shifted to.
        const [row, column, c] = [Math.floor(i / (3 * width)), Math.floor(i / 3) % width, i % 3];
        const [y, x] = [(row + down + 2 * height) % height, (column + right + 2 * width) % width];
        const seen = w[((y * width + x) * 3 + c) * classes];
        const gradient = (seen - 2 * l2 * image[i]) / channelDeviation[c];
        return Math.min(1, Math.max(0, value + rate * gradient));
      });
      if ((t + 1) % 2 === 0) {
        const blurred = blur(tf.tensor4d(Float32Array.from(z), [1, height, width, 3]), sigma);
        z = Float64Array.from(blurred.dataSync());
      }
    });
    expect(offsets.some(([down, right]) => down !== 0 && right !== 0)).toBe(true);
    const { image, scores } = maximizeActivation(logit(0), model, {
      start,
      steps,
      parametrization: 'clip',
      optimizer: { kind: 'ascent', learningRate: rate },
      regularizers: { l2, jitter: 2, blur: { every: 2, sigma } },
      seed,
    });
    expect(largestError(image.dataSync(), z)).toBeLessThan(1e-5);
    expect(scores[steps]).toBeCloseTo(score(z, 0), 3);
  });

  it('neither changes nor disposes of the start, and leaves nothing but the image', () => {
    const before = [...start.dataSync()];
    const tensors = tf.memory().numTensors;
    for (const parametrization of ['clip', 'sigmoid'] as const) {
      const { image } = maximizeActivation(logit(0), model, {
        start,
        steps: 2,
        parametrization,
        optimizer: adam(0.1),
      });
      image.dispose();
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect([...start.dataSync()]).toEqual(before);
  });
});

describe('the variable of the sigmoid', () => {
  it('leads back to pixels, but for black and white, which it keeps from standing still', () => {
    const pixels = tf.tensor4d([0, 0.02, 0.3, 0.5, 0.98, 1], [1, 1, 2, 3]);
    expect(
      largestError(inverseSigmoid(pixels).sigmoid().dataSync(), [0.02, 0.02, 0.3, 0.5, 0.98, 0.98]),
    ).toBeLessThan(1e-6);
  });
});
