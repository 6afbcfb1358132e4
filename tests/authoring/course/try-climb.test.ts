import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tryClimb } from '../../../authoring/course/try-climb.ts';
import { totalVariation } from '../../../grader/checks/property/statistics.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { zeroStart } from '../../../reference/lib/ascent/start.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { createClassVisualization } from '../../../reference/parts/class-visualization/class-visualization.ts';

const SIZE = 64;

beforeAll(() => prepareBackend({ backend: 'wasm' }));

/**
 * A linear model. Each class looks for waves along a direction of its own, in radians, and all for the same grain, which
 * blur and jitter keep out of the image: two classes are as alike as their directions.
 */
function wavesAt(...directions: readonly number[]): Classifier {
  const stream = randomStream('grain');
  const grain = Array.from({ length: SIZE * SIZE * 3 }, () => 3 * stream.normal());
  const weights = directions.map((direction) =>
    grain.map((value, i) => {
      const [x, y] = [Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
      const [across, down] = [x, y].map((at) => Math.sin((2 * Math.PI * at) / SIZE));
      return value + Math.cos(direction) * across + Math.sin(direction) * down;
    }),
  );
  const matrix = tf.tensor2d(weights); // [classes, H * W * C]
  return {
    name: 'waves',
    inputSize: SIZE,
    classNames: directions.map(String),
    logits: (image: Tensor4D) =>
      tf.matMul<Tensor2D>(image.reshape([image.shape[0], -1]), matrix, false, true),
    features: () => [],
    fromFeatures: () => {
      throw new Error('it has no features');
    },
  };
}

describe('the class that a course climbs', () => {
  const tried: string[] = [];
  const climbOn = (model: Classifier) => tryClimb(model, (name) => void tried.push(name));

  it('is the first that is seen clearly, not the first that is seen', async () => {
    const model = wavesAt(0, 0.3, Math.PI, -Math.PI / 2);
    expect((await climbOn(model)).target).toBe(2);
    expect(tried).toEqual([0, 0.3, Math.PI].map((name, i) => `${name}, ${i + 1} of at most 4`));
  });

  it('is the one that is furthest ahead where none is seen clearly', async () => {
    expect((await climbOn(wavesAt(0, 0.3, 0.8))).target).toBe(2);
  });

  it('is bounded halfway to an ascent without blur, as the check computes smoothness', async () => {
    const model = wavesAt(0, 0.3, Math.PI, -Math.PI / 2);
    const { target, iterations, variation } = await climbOn(model);
    const variationWith = (settings: object): number =>
      tf.tidy(() => {
        const options = { iterations, seed: 'climb', start: zeroStart(SIZE), ...settings };
        const image = createClassVisualization(target, model, options);
        return totalVariation({ dtype: 'float32', shape: image.shape, data: image.dataSync<'float32'>() });
      });
    const rough = Math.min(variationWith({ blurSigma: 0 }), variationWith({ blurSigma: 0, maxJitter: 0 }));
    expect(rough).toBeGreaterThan(1.5 * variationWith({}));
    expect(variation / Math.sqrt(rough * variationWith({}))).toBeCloseTo(1, 2);
  });
});
