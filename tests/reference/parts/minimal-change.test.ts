import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { channelDeviation, channelMean, preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { minimalChange } from '../../../reference/parts/minimal-change/minimal-change.ts';
import { finiteDifferences, largestError, noiseImages, plainConvolution } from './float64-networks.ts';
import { linearScores, softmax } from './float64-scores.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A preprocessed picture of random pixels between two values. */
function picture(seed: string, [height, width]: [number, number], [from, to]: [number, number]): tf.Tensor4D {
  const uniform = noiseImages(seed, [1, height, width, 3]).mul(3).sigmoid();
  return preprocess(uniform.mul(to - from).add(from) as tf.Tensor4D);
}

const plain = (tensor: tf.Tensor): Float64Array => Float64Array.from(tensor.dataSync());

/** The nearest value that some pixel in [0, 1] has after preprocessing, for the `i`-th value of a picture. */
function valid(value: number, i: number): number {
  const [mean, deviation] = [channelMean[i % 3], channelDeviation[i % 3]];
  return Math.min((1 - mean) / deviation, Math.max(-mean / deviation, value));
}

interface Run {
  readonly penalty: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** Descent in float64 with a given gradient of the cross-entropy; also counts the values that were clamped. */
function descend(
  start: Float64Array,
  { penalty, steps, learningRate }: Run,
  slope: (x: Float64Array) => Float64Array,
) {
  let [x, clamped] = [start.slice(), 0];
  const visited = [x];
  for (let step = 0; step < steps; step++) {
    const gradient = slope(x);
    x = x.map((value, i) => {
      const free = value - learningRate * (gradient[i] + 2 * penalty * (value - start[i]));
      if (valid(free, i) !== free) clamped++;
      return valid(free, i);
    });
    visited.push(x);
  }
  return { x, visited, clamped };
}

const norm = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

describe('minimal change on a linear model', () => {
  const [size, classes] = [[4, 5] as [number, number], 4];
  const weights = noiseImages('weights', [...size, 3, classes]).mul<tf.Tensor4D>(0.1);
  const w = plain(weights);
  const none = new Float64Array(classes);
  const model = linearClassifier(weights);

  it.each([
    {
      name: 'in one step',
      colours: [0.3, 0.7],
      run: { penalty: 0.2, steps: 1, learningRate: 0.5 },
      edge: false,
    },
    {
      name: 'in six steps',
      colours: [0.3, 0.7],
      run: { penalty: 0.3, steps: 6, learningRate: 0.6 },
      edge: false,
    },
    {
      name: 'at the edge of the valid colours',
      colours: [0, 1],
      run: { penalty: 0.02, steps: 4, learningRate: 5 },
      edge: true,
    },
  ])(
    '$name is the descent in float64: sum over k of p_k W_k - W_y, plus the price',
    ({ colours, run, edge }) => {
      const image = picture('linear', size, colours as [number, number]);
      const start = plain(image);
      const before = linearScores(start, w, none);
      const target = before.indexOf(Math.min(...before));
      const { x, visited, clamped } = descend(start, run, (at) => {
        const probabilities = softmax(linearScores(at, w, none));
        return at.map((_, i) =>
          probabilities.reduce((sum, p, k) => sum + (p - (k === target ? 1 : 0)) * w[i * classes + k], 0),
        );
      });
      expect(clamped > 0).toBe(edge);
      const found = minimalChange(image, target, model, run);
      expect(largestError(found.image.dataSync(), x)).toBeLessThan(1e-5);
      const change = x.map((value, i) => value - start[i]);
      expect(largestError(found.difference.dataSync(), change)).toBeLessThan(1e-4);
      const probabilities = visited.map((at) => softmax(linearScores(at, w, none))[target]);
      expect(found.probabilities).toHaveLength(run.steps + 1);
      expect(largestError(found.probabilities, probabilities)).toBeLessThan(1e-5);
    },
  );

  it('of two classes goes along the difference of their weights, as far as cost and gain are equal', () => {
    const two = weights.slice([0, 0, 0, 0], [-1, -1, -1, 2]).mul<tf.Tensor4D>(0.5);
    const v = plain(two);
    const image = picture('two', size, [0.45, 0.55]);
    const start = plain(image);
    const before = linearScores(start, v, new Float64Array(2));
    const target = before[0] < before[1] ? 0 : 1;
    const along = start.map((_, i) => v[2 * i + target] - v[2 * i + 1 - target]);
    const run = { penalty: 0.25, steps: 60, learningRate: 0.8 };
    // At the optimum the picture has moved by t * along, with 2 * penalty * t = probability of the other class.
    const margin = before[target] - before[1 - target];
    const excess = (t: number): number =>
      2 * run.penalty * t - 1 / (1 + Math.exp(margin + t * norm(along) ** 2));
    let [low, high] = [0, 1 / run.penalty];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (excess(middle) < 0) low = middle;
      else high = middle;
    }
    const found = minimalChange(image, target, linearClassifier(two), run);
    const optimum = along.map((value) => low * value);
    expect(optimum.every((change, i) => valid(start[i] + change, i) === start[i] + change)).toBe(true);
    expect(largestError(found.difference.dataSync(), optimum)).toBeLessThan(1e-3);
  });

  it('is smaller where it costs more, until it does not convince any more', () => {
    const image = picture('price', size, [0.3, 0.7]);
    const before = linearScores(plain(image), w, none);
    const target = before.indexOf(Math.min(...before));
    const found = [0, 0.05, 0.5, 5].map((penalty) =>
      minimalChange(image, target, model, { penalty, steps: 40, learningRate: 0.1 }),
    );
    const sizes = found.map(({ difference }) => norm(difference.dataSync()));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[3]).toBeLessThan(sizes[0] / 4);
    expect([found[0].reached, found[3].reached]).toEqual([true, false]);
  });

  it('of no steps is no change', () => {
    const image = picture('none', size, [0.3, 0.7]);
    const scores = linearScores(plain(image), w, none);
    const seen = scores.indexOf(Math.max(...scores));
    const still = { penalty: 1, steps: 0, learningRate: 1 };
    const [found, other] = [seen, (seen + 1) % classes].map((one) => minimalChange(image, one, model, still));
    expect([...found.image.dataSync()]).toEqual([...image.dataSync()]);
    expect(norm(found.difference.dataSync())).toBe(0);
    expect(found.probabilities).toHaveLength(1);
    expect([found.reached, other.reached]).toEqual([true, false]);
  });
});

describe('minimal change on one convolution', () => {
  it('follows the slope of the cross-entropy, by finite differences in float64', () => {
    const network = plainConvolution('minimal change');
    const [height, width, target] = [5, 6, 2];
    const image = picture('convolution', [height, width], [0.3, 0.7]);
    const start = plain(image);
    const run = { penalty: 0.1, steps: 3, learningRate: 1.5 };
    const { x } = descend(start, run, (at) =>
      finiteDifferences((shifted) => {
        const scores = Array.from({ length: network.classes }, (_, y) =>
          network.score(shifted, height, width, y),
        );
        return -Math.log(softmax(scores)[target]);
      }, at),
    );
    const found = minimalChange(image, target, network.model, run);
    const change = x.map((value, i) => value - start[i]);
    expect(norm(change)).toBeGreaterThan(0.05);
    expect(largestError(found.difference.dataSync(), change)).toBeLessThan(1e-4);
  });

  it('leaves the original alone, and no tensors behind but the two that it returns', () => {
    const { model } = plainConvolution('minimal change');
    const image = picture('convolution', [5, 6], [0, 1]);
    const pixels = [...image.dataSync()];
    const before = tf.memory().numTensors;
    const found = minimalChange(image, 1, model, { penalty: 0.1, steps: 3, learningRate: 1 });
    expect(tf.memory().numTensors).toBe(before + 2);
    expect([...image.dataSync()]).toEqual(pixels);
    tf.dispose([found.image, found.difference]);
    expect(image.isDisposed).toBe(false);
  });
});
