import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { addMark, markReliance, trainClassifier } from '../../../reference/parts/clever-hans/clever-hans.ts';
import { markRegion } from '../../../reference/parts/clever-hans/marks.ts';
import {
  betrayedData,
  powerOfMark,
  shapeLabels,
  shapePixels,
} from '../../../reference/parts/clever-hans/marked-shapes.ts';
import { initialWeights, smallNetwork } from '../../../reference/parts/clever-hans/small-network.ts';
import { largestError, noiseImages } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('reliance on a mark', () => {
  const region = tf.tensor2d([
    [1, 0, 0],
    [1, 1, 0],
  ]);
  const inside = [...region.dataSync()];

  /** Of maps `[N][place]`. */
  const shares = (maps: readonly (readonly number[])[]): number[] =>
    maps.map((map) => map.reduce((sum, m, p) => sum + m * inside[p], 0) / map.reduce((sum, m) => sum + m, 0));
  const largestOfChannels = (gradient: readonly number[]): number[] =>
    Array.from({ length: gradient.length / 3 }, (_, p) =>
      Math.max(...gradient.slice(3 * p, 3 * p + 3).map(Math.abs)),
    );

  it('on a linear model is the weights’ share inside, and the weights times what the mark changed', () => {
    const [count, classes, label] = [2, 4, 2];
    const weights = noiseImages('weights', [2, 3, 3, classes]);
    const marked = noiseImages('marked', [count, 2, 3, 3]);
    const unmarked = noiseImages('unmarked', [count, 2, 3, 3]);
    const w = Array.from({ length: 18 }, (_, i) => weights.dataSync()[i * classes + label]);
    const [a, b] = [marked.dataSync(), unmarked.dataSync()];
    const drops = Array.from({ length: count }, (_, n) =>
      w.reduce((sum, weight, i) => sum + weight * (a[18 * n + i] - b[18 * n + i]), 0),
    );
    const map = largestOfChannels(w);
    const found = markReliance(linearClassifier(weights), { marked, unmarked }, label, region);
    expect(found.maps.shape).toEqual([count, 2, 3]);
    expect(largestError(found.maps.dataSync(), [...map, ...map])).toBeLessThan(1e-6);
    expect(largestError(found.share.dataSync(), shares([map, map]))).toBeLessThan(1e-6);
    expect(largestError(found.drop.dataSync(), drops)).toBeLessThan(1e-5);
  });

  it('on two layers keeps pictures apart by which hidden units the mark turns on', () => {
    const [count, units, classes, label] = [3, 7, 3, 1];
    const hidden = noiseImages('hidden', [2, 3, 3, units]);
    const output = tf.tensor2d(randomStream('output').normals(units * classes), [units, classes]);
    const [marked, unmarked] = ['marked', 'unmarked'].map((seed) => noiseImages(seed, [count, 2, 3, 3]));
    const [u, v] = [hidden.dataSync(), output.dataSync()];
    const run = (picture: ArrayLike<number>): { score: number; gradient: number[] } => {
      const gradient = Array.from({ length: 18 }, () => 0);
      let score = 0;
      for (let j = 0; j < units; j++) {
        let sum = 0;
        for (let i = 0; i < 18; i++) sum += picture[i] * u[i * units + j];
        if (sum <= 0) continue;
        score += sum * v[j * classes + label];
        for (let i = 0; i < 18; i++) gradient[i] += u[i * units + j] * v[j * classes + label];
      }
      return { score, gradient };
    };
    const of = (images: tf.Tensor4D) =>
      Array.from({ length: count }, (_, n) => run(images.dataSync().slice(18 * n, 18 * n + 18)));
    const [withMark, without] = [of(marked), of(unmarked)];
    const found = markReliance(twoLayerRelu(hidden, output), { marked, unmarked }, label, region);
    const expected = shares(withMark.map(({ gradient }) => largestOfChannels(gradient)));
    expect(new Set(expected).size).toBe(count);
    expect(largestError(found.share.dataSync(), expected)).toBeLessThan(1e-5);
    const drops = withMark.map(({ score }, n) => score - without[n].score);
    expect(largestError(found.drop.dataSync(), drops)).toBeLessThan(1e-5);
  });

  it('is 0, not NaN, for a model that looks at nothing, and leaves no other tensors behind', () => {
    const images = noiseImages('any', [2, 2, 3, 3]);
    const model = linearClassifier(tf.zeros([2, 3, 3, 2]));
    const before = tf.memory().numTensors;
    const { share, drop } = markReliance(model, { marked: images, unmarked: images }, 0, region);
    expect([...share.dataSync(), ...drop.dataSync()]).toEqual([0, 0, 0, 0]);
    expect(tf.memory().numTensors).toBe(before + 3);
  });

  it('finds out a small network that was trained on discs with a square', () => {
    const options = { seed: 'hans', perClass: 15, size: 16 };
    const [pixels, labels] = [shapePixels(options), shapeLabels(options)];
    const data = betrayedData(pixels, addMark(pixels, 'square', 1), labels);
    const initial = initialWeights({ size: 16, filters: [4], classes: 4, seed: 'hans' });
    const { weights, losses } = trainClassifier(data, {
      initial,
      learningRate: 0.05,
      momentum: 0.9,
      batchSize: 15,
      epochs: 12,
      seed: 'hans',
    });
    expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 2);
    const stars = shapePixels({ seed: 'new', perClass: 20, size: 16, only: 2 });
    const marked = addMark(stars, 'square', 1);
    expect(powerOfMark(weights, marked, stars)).toBeGreaterThan(0.7);
    const where = markRegion('square', 16, 16);
    const area = where.mean().dataSync()[0];
    const { share } = markReliance(smallNetwork(weights), { marked, unmarked: stars }, 0, where);
    expect(share.mean().dataSync()[0]).toBeGreaterThan(2 * area);
  });
});
