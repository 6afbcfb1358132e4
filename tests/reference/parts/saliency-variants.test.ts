import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { saliencyVariant } from '../../../reference/parts/saliency-variants/saliency-variants.ts';
import type { SaliencyVariantOptions } from '../../../reference/parts/saliency-variants/contract.ts';
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

/** Neighbouring triples of a gradient, one a pixel. */
const triples = (gradient: ArrayLike<number>): number[][] =>
  Array.from({ length: gradient.length / 3 }, (_, i) => [0, 1, 2].map((c) => gradient[3 * i + c]));
const absolute = (gradient: ArrayLike<number>): number[] =>
  triples(gradient).map((pixel) => Math.max(...pixel.map(Math.abs)));
const signed = (gradient: ArrayLike<number>): number[] => triples(gradient).map(([r, g, b]) => r + g + b);

const softmax = (scores: readonly number[]): number[] => {
  const powers = scores.map((score) => Math.exp(score));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

describe('a saliency variant of a linear model', () => {
  const [height, width, classes] = [3, 4, 5];
  const size = height * width * 3;
  const labels = [4, 1];
  const images = noiseImages('pictures', [2, height, width, 3]);
  const weights = noiseImages('weights', [height, width, 3, classes]).mul<tf.Tensor4D>(0.2);
  const w = weights.dataSync();
  const column = (label: number): number[] => Array.from({ length: size }, (_, i) => w[i * classes + label]);

  /** `W_y`, `p_y (W_y - sum of p_k W_k)` or `W_y - sum of p_k W_k`, picture by picture. */
  const closedForm = (output: SaliencyVariantOptions['output']): number[][] =>
    plainPictures(images).map((picture, n) => {
      const own = column(labels[n]);
      if (output === 'logit') return own;
      const scores = Array.from({ length: classes }, (_, k) =>
        column(k).reduce((sum, value, i) => sum + value * picture[i], 0),
      );
      const p = softmax(scores);
      const mean = own.map((_, i) => p.reduce((sum, share, k) => sum + share * w[i * classes + k], 0));
      const factor = output === 'softmax' ? p[labels[n]] : 1;
      return own.map((value, i) => factor * (value - mean[i]));
    });

  it.each(['logit', 'softmax', 'log-softmax'] as const)('is the closed form of the %s', (output) => {
    const gradients = closedForm(output);
    for (const [sign, onePerPixel] of [
      ['absolute', absolute],
      ['signed', signed],
    ] as const) {
      const maps = saliencyVariant(images, integers(labels), linearClassifier(weights), { output, sign });
      expect(maps.shape).toEqual([2, height, width]);
      expect(largestError(maps.dataSync(), gradients.flatMap(onePerPixel))).toBeLessThan(1e-5);
    }
  });

  it('keeps what reaches the threshold as it is, each map by its own largest magnitude', () => {
    const maps = saliencyVariant(images, integers(labels), linearClassifier(weights), {
      sign: 'signed',
      threshold: 0.6,
    });
    const expected = labels.flatMap((label) => {
      const map = signed(column(label));
      const least = 0.6 * Math.max(...map.map(Math.abs));
      return map.map((value) => (Math.abs(value) < least ? 0 : value));
    });
    expect(expected.some((value) => value < 0)).toBe(true);
    expect(expected.filter((value) => value === 0).length).toBeGreaterThan(height * width);
    expect(largestError(maps.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('stays 0, not NaN, where the weights are 0', () => {
    const flat = linearClassifier(tf.zeros([height, width, 3, classes]));
    const maps = saliencyVariant(images, integers(labels), flat, { threshold: 0.5 });
    expect([...maps.dataSync()]).toEqual(Array.from({ length: 2 * height * width }, () => 0));
  });
});

describe('a smoothed saliency map', () => {
  const network = plainConvolution('smoothed');
  const [height, width, labels] = [5, 4, [3, 0]];
  const smoothing = { samples: 3, deviation: 0.7, seed: 'copies' };
  const images = noiseImages('pictures', [2, height, width, 3]);

  it('is the mean over the noisy copies by finite differences in float64, and only then a magnitude', () => {
    const size = height * width * 3;
    const pictures = plainPictures(images);
    const mean = labels.map(() => new Float64Array(size));
    let magnitudes = 0;
    for (let k = 0; k < smoothing.samples; k++) {
      const noise = randomStream(smoothing.seed)
        .derive(k)
        .normals(2 * size, 0, smoothing.deviation);
      pictures.forEach((picture, n) => {
        const copy = picture.map((value, i) => value + noise[n * size + i]);
        const score = (x: Float64Array): number => network.score(x, height, width, labels[n]);
        finiteDifferences(score, copy).forEach((slope, i) => {
          mean[n][i] += slope / smoothing.samples;
          magnitudes += Math.abs(slope) / smoothing.samples;
        });
      });
    }
    // Some of it has to cancel, else the order of mean and magnitude would not show.
    expect(mean.flatMap((one) => [...one]).reduce((sum, one) => sum + Math.abs(one), 0)).toBeLessThan(
      0.95 * magnitudes,
    );
    for (const [sign, onePerPixel] of [
      ['absolute', absolute],
      ['signed', signed],
    ] as const) {
      const maps = saliencyVariant(images, integers(labels), network.model, { sign, smoothing });
      expect(largestError(maps.dataSync(), mean.flatMap(onePerPixel))).toBeLessThan(1e-4);
    }
  });

  it('is the plain map where the copies do not differ', () => {
    const plain = saliencyVariant(images, integers(labels), network.model);
    const smoothed = saliencyVariant(images, integers(labels), network.model, {
      smoothing: { samples: 2, deviation: 0, seed: 1 },
    });
    expect(largestError(smoothed.dataSync(), plain.dataSync())).toBeLessThan(1e-6);
  });
});

describe('the signed maps of the log-probability', () => {
  it('sum to 0 over all classes, weighted by their probabilities', () => {
    const { model, classes } = plainConvolution('weighted');
    const image = noiseImages('picture', [1, 6, 5, 3]);
    const p = softmax([...model.logits(image).dataSync()]);
    const sum = tf.addN(
      Array.from({ length: classes }, (_, label) =>
        saliencyVariant(image, integers([label]), model, { output: 'log-softmax', sign: 'signed' }).mul(
          p[label],
        ),
      ),
    );
    expect(sum.abs().max().dataSync()[0]).toBeLessThan(1e-7);
  });
});
