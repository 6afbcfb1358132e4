import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { attribute, integratedGradients } from '../../../reference/parts/attribution/attribution.ts';
import { completeness, completenessGap } from '../../../reference/parts/attribution/completeness.ts';
import { largestError, noiseImages, plainConvolution, plainPictures } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const integers = (values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');
const strongest = (gradient: ArrayLike<number>): number[] =>
  Array.from({ length: gradient.length / 3 }, (_, i) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(gradient[3 * i + c]))),
  );

/** `s_y(x) = sum over j of relu(W_j x + b_j) V[j, y]`, in float64 and in TensorFlow.js. */
function reluNetwork({ height, width }: { height: number; width: number }) {
  const [units, classes, size] = [9, 3, height * width * 3];
  const stream = randomStream('two layers');
  const [w, v, b] = [
    stream.normals(size * units, 0, 0.3),
    stream.normals(units * classes),
    stream.normals(units),
  ];
  const sums = (x: ArrayLike<number>): number[] =>
    Array.from({ length: units }, (_, j) => {
      let sum = b[j];
      for (let i = 0; i < size; i++) sum += x[i] * w[i * units + j];
      return sum;
    });
  return {
    model: twoLayerRelu(
      tf.tensor4d(w, [height, width, 3, units]),
      tf.tensor2d(v, [units, classes]),
      tf.tensor1d(b),
    ),
    /** Which units are on. */
    on: (x: ArrayLike<number>): boolean[] => sums(x).map((sum) => sum > 0),
    score: (x: ArrayLike<number>, label: number): number =>
      sums(x).reduce((total, sum, j) => total + Math.max(0, sum) * v[j * classes + label], 0),
    /** The slope of the score at `x`: the units that are on. */
    slope(x: ArrayLike<number>, label: number): Float64Array {
      const on = sums(x).map((sum) => sum > 0);
      return Float64Array.from({ length: size }, (_, i) =>
        on.reduce((total, isOn, j) => total + (isOn ? w[i * units + j] * v[j * classes + label] : 0), 0),
      );
    },
  };
}

describe('attribution at a scale', () => {
  it('is the magnitude of a linear model’s weights at any scale', () => {
    const weights = noiseImages('weights', [4, 3, 3, 3]);
    const images = noiseImages('pictures', [2, 4, 3, 3]);
    const w = weights.dataSync();
    const expected = [2, 0].flatMap((label) =>
      strongest(Array.from({ length: 36 }, (_, i) => w[3 * i + label])),
    );
    for (const scale of [0.01, 0.05, 1]) {
      const maps = attribute(images, integers([2, 0]), linearClassifier(weights), { scale });
      expect(largestError(maps.dataSync(), expected)).toBeLessThan(1e-6);
    }
  });

  it('looks at the scaled image: two layers with biases by hand', () => {
    const [height, width, labels] = [4, 5, [1, 0, 2]];
    const network = reluNetwork({ height, width });
    const images = noiseImages('pictures', [3, height, width, 3]);
    for (const scale of [0.05, 0.4, 1]) {
      const expected = plainPictures(images).flatMap((picture, n) =>
        strongest(
          network.slope(
            picture.map((value) => scale * value),
            labels[n],
          ),
        ),
      );
      const maps = attribute(images, integers(labels), network.model, { scale });
      expect(largestError(maps.dataSync(), expected)).toBeLessThan(1e-5);
    }
    const [picture] = plainPictures(images);
    expect(network.on(picture)).not.toEqual(network.on(picture.map((value) => 0.05 * value)));
  });
});

describe('integrated gradients', () => {
  it('are image times weights on a linear model, with any number of points', () => {
    const weights = noiseImages('weights', [3, 3, 3, 2]);
    const images = noiseImages('pictures', [2, 3, 3, 3]);
    const w = weights.dataSync();
    const expected = plainPictures(images).flatMap((picture, n) =>
      Array.from(picture, (value, i) => value * w[2 * i + [1, 0][n]]),
    );
    for (const steps of [1, 3, 10]) {
      const attributions = integratedGradients(images, integers([1, 0]), linearClassifier(weights), {
        steps,
      });
      expect(attributions.shape).toEqual([2, 3, 3, 3]);
      expect(largestError(attributions.dataSync(), expected)).toBeLessThan(1e-5);
    }
  });

  it('add up the units that are on at the middles of the way from the baseline, by hand', () => {
    const [height, width, labels, steps] = [3, 4, [2, 1], 7];
    const network = reluNetwork({ height, width });
    const images = noiseImages('pictures', [2, height, width, 3]);
    const baseline = noiseImages('baseline', [1, height, width, 3]);
    const [from] = plainPictures(baseline);
    const expected = plainPictures(images).flatMap((picture, n) => {
      const mean = new Float64Array(picture.length);
      for (let k = 0; k < steps; k++) {
        const share = (k + 0.5) / steps;
        const point = picture.map((value, i) => (1 - share) * from[i] + share * value);
        network.slope(point, labels[n]).forEach((slope, i) => (mean[i] += slope / steps));
      }
      return Array.from(picture, (value, i) => (value - from[i]) * mean[i]);
    });
    const attributions = integratedGradients(images, integers(labels), network.model, { steps, baseline });
    expect(largestError(attributions.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('become complete as the points become many', () => {
    const [height, width] = [4, 4];
    const network = reluNetwork({ height, width });
    const image = noiseImages('picture', [1, height, width, 3]);
    const [picture] = plainPictures(image);
    const difference = network.score(picture, 1) - network.score(new Float64Array(picture.length), 1);
    const sumWith = (steps: number): number =>
      integratedGradients(image, integers([1]), network.model, { steps })
        .sum()
        .dataSync()[0];
    // Each of the nine units switches at most once on the way, so the error falls like one over the number of points.
    expect(Math.abs(sumWith(1) - difference)).toBeGreaterThan(0.05 * Math.abs(difference));
    expect(Math.abs(sumWith(1000) - difference)).toBeLessThan(0.005 * Math.abs(difference));
  });

  it('give nothing to pixels that are as in the baseline, and nothing at all where image and baseline are one', () => {
    const { model } = plainConvolution('same');
    const image = noiseImages('picture', [1, 5, 5, 3]);
    const same = integratedGradients(image, integers([2]), model, { steps: 4, baseline: image });
    expect(same.abs().max().dataSync()[0]).toBe(0);
    const mask = tf.range(0, 75).less(30).reshape<tf.Tensor4D>([1, 5, 5, 3]);
    const baseline = tf.where(mask, image, tf.zerosLike(image));
    const attributions = integratedGradients(image, integers([2]), model, { steps: 4, baseline });
    expect(attributions.mul(mask).abs().max().dataSync()[0]).toBe(0);
    expect(attributions.abs().max().dataSync()[0]).toBeGreaterThan(0);
  });
});

describe('the gap to completeness', () => {
  it('is the missing share of the change of the score', () => {
    const weights = noiseImages('weights', [3, 3, 3, 2]);
    const images = noiseImages('pictures', [2, 3, 3, 3]);
    const baseline = noiseImages('baseline', [1, 3, 3, 3]);
    const model = linearClassifier(weights);
    const labels = integers([1, 0]);
    const exact = integratedGradients(images, labels, model, { baseline });
    const { sums, differences } = completeness(exact, images, labels, model, baseline);
    const [w, [from], pictures] = [weights.dataSync(), plainPictures(baseline), plainPictures(images)];
    const expected = pictures.map((picture, n) =>
      picture.reduce((sum, value, i) => sum + (value - from[i]) * w[2 * i + [1, 0][n]], 0),
    );
    expect(largestError(sums.dataSync(), expected)).toBeLessThan(1e-5);
    expect(largestError(differences.dataSync(), expected)).toBeLessThan(1e-5);
    const gap = completenessGap(exact.mul<tf.Tensor4D>(1.25), images, labels, model, baseline).dataSync();
    gap.forEach((value, n) => expect(value).toBeCloseTo(0.25 * Math.sign(expected[n]), 4));
  });
});
