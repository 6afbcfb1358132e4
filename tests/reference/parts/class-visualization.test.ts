import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { blur } from '../../../reference/lib/ascent/blur.ts';
import { jitterOffsets } from '../../../reference/lib/ascent/jitter.ts';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { channelDeviation, channelMean, deprocess } from '../../../reference/lib/picture/preprocess.ts';
import {
  classVisualizationStep,
  createClassVisualization,
} from '../../../reference/parts/class-visualization/class-visualization.ts';
import { watchedClimb } from '../../../reference/parts/class-visualization/watched-climb.ts';
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

/** `I + rate * g / norm(g)` in float64. */
function uphill(picture: Float64Array, gradient: Float64Array, rate: number): Float64Array {
  const norm = Math.hypot(...gradient);
  return picture.map((value, i) => value + (rate * gradient[i]) / norm);
}

describe('one step of class visualization', () => {
  it('goes a given length up the slope of the regularized score, by finite differences in float64', () => {
    const network = plainConvolution('ascent');
    const [height, width] = [6, 5];
    const image = noiseImages('picture', [1, height, width, 3]);
    const [l2Reg, learningRate] = [0.02, 3];
    const [picture] = plainPictures(image);
    const objective = (x: Float64Array): number =>
      network.score(x, height, width, 2) - l2Reg * x.reduce((sum, value) => sum + value ** 2, 0);
    const expected = uphill(picture, finiteDifferences(objective, picture), learningRate);
    const next = classVisualizationStep(image, 2, network.model, { l2Reg, learningRate });
    expect(next.shape).toEqual(image.shape);
    expect(largestError(next.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('follows the weights minus the shrinking picture of a linear model', () => {
    const weights = noiseImages('weights', [3, 4, 3, 5]);
    const image = noiseImages('picture', [1, 3, 4, 3]);
    const [picture] = plainPictures(image);
    const columns = weights.dataSync();
    const gradient = picture.map((value, i) => columns[5 * i + 4] - 2 * 0.3 * value);
    const next = classVisualizationStep(image, 4, linearClassifier(weights), {
      l2Reg: 0.3,
      learningRate: 0.5,
    });
    expect(largestError(next.dataSync(), uphill(picture, gradient, 0.5))).toBeLessThan(1e-5);
  });

  it('stays where there is no slope', () => {
    const flat = linearClassifier(tf.zeros([3, 3, 3, 2]));
    const image = noiseImages('picture', [1, 3, 3, 3]);
    const next = classVisualizationStep(image, 1, flat, { l2Reg: 0, learningRate: 5 });
    expect([...next.dataSync()]).toEqual([...image.dataSync()]);
  });
});

describe('class visualization', () => {
  const [side, classes] = [6, 3];
  const weights = noiseImages('weights', [side, side, 3, classes]);
  const model = linearClassifier(weights);

  it('shifts, climbs, shifts back, clamps and now and then blurs, in float64', () => {
    const start = noiseImages('start', [1, side, side, 3]);
    const settings = {
      l2Reg: 0.05,
      learningRate: 4,
      iterations: 5,
      blurEvery: 2,
      blurSigma: 0.7,
      maxJitter: 3,
      seed: 9,
    };
    const offsets = jitterOffsets({ seed: 9, count: 5, maxJitter: 3 });
    const column = weights.dataSync();
    const wrap = (i: number): number => ((i % side) + side) % side;
    let [picture] = plainPictures(start);
    for (let t = 0; t < settings.iterations; t++) {
      const [down, right] = offsets[t];
      // Pixel (y, x) is shown to the model at (y + down, x + right).
      const gradient = picture.map((value, i) => {
        const [y, x, c] = [Math.floor(i / (3 * side)), Math.floor(i / 3) % side, i % 3];
        const seen = (wrap(y + down) * side + wrap(x + right)) * 3 + c;
        return column[seen * classes + 1] - 2 * settings.l2Reg * value;
      });
      picture = uphill(picture, gradient, settings.learningRate).map((value, i) => {
        const [mean, deviation] = [channelMean[i % 3], channelDeviation[i % 3]];
        return Math.min((1 - mean) / deviation, Math.max(-mean / deviation, value));
      });
      if (t % settings.blurEvery === 0) {
        const blurred = blur(tf.tensor4d(Float32Array.from(picture), [1, side, side, 3]), settings.blurSigma);
        picture = Float64Array.from(blurred.dataSync());
      }
    }
    const image = createClassVisualization(1, model, { ...settings, start });
    expect(largestError(image.dataSync(), picture)).toBeLessThan(1e-5);
  });

  it('raises the score, keeps valid colours and shows every iteration', () => {
    const start = noiseImages('start', [1, side, side, 3]).mul<tf.Tensor4D>(0.1);
    const scoreOf = (image: tf.Tensor4D): number => model.logits(image).dataSync()[2];
    const scores: number[] = [scoreOf(start)];
    const image = createClassVisualization(2, model, {
      start,
      iterations: 6,
      onIteration: (current, t) => {
        expect(t).toBe(scores.length - 1);
        scores.push(scoreOf(current));
      },
    });
    expect(scores).toHaveLength(7);
    expect(scores[6]).toBe(scoreOf(image));
    expect(scores[6]).toBeGreaterThan(scores[0] + 1);
    const pixels = deprocess(image);
    expect(pixels.min().dataSync()[0]).toBeGreaterThan(-1e-6);
    expect(pixels.max().dataSync()[0]).toBeLessThan(1 + 1e-6);
  });

  it('leaves the start and no tensors of its own behind', () => {
    const start = noiseImages('start', [1, side, side, 3]);
    const values = [...start.dataSync()];
    const before = tf.memory().numTensors;
    createClassVisualization(0, model, { start, iterations: 3 }).dispose();
    createClassVisualization(0, model, { iterations: 2 }).dispose();
    createClassVisualization(0, model, { start, iterations: 0 }).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect([...start.dataSync()]).toEqual(values);
  });

  it('is watched picture by picture, with nothing else left behind', () => {
    const settings = { start: noiseImages('start', [1, side, side, 3]), blurEvery: 2, seed: 5 };
    const before = tf.memory().numTensors;
    const { pictures, iterations } = watchedClimb(1, model, { ...settings, iterations: 3 });
    expect(tf.memory().numTensors).toBe(before + 2);
    expect([...iterations.dataSync()]).toEqual([0, 1, 2]);
    const ends = [1, 2, 3].map((count) =>
      createClassVisualization(1, model, { ...settings, iterations: count }),
    );
    expect([...pictures.dataSync()]).toEqual([...tf.concat(ends).dataSync()]);
    expect(watchedClimb(1, model, { ...settings, iterations: 0 }).pictures.shape).toEqual([0, side, side, 3]);
  });
});
