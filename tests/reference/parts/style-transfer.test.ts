import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  courseSchedule,
  type StyleTransferOptions,
} from '../../../reference/parts/style-transfer/contract.ts';
import {
  styleTransfer,
  styleTransferLoss,
  styleTransferTargets,
} from '../../../reference/parts/style-transfer/style-transfer.ts';
import { four, inputsOf, numbers } from './case-tensors.ts';
import { gram, squaredDistance, variation } from './float64-losses.ts';
import { convolve, gradientOf, largestError } from './float64-networks.ts';
import {
  cases,
  lossInLoops,
  modelOf,
  optionsWith,
  targetsOf,
  weights,
} from './style-transfer-small-cases.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('styleTransferTargets', () => {
  it('takes the content’s features and the style’s normalized Gram matrix', () => {
    const inputs = inputsOf(cases, 'targets');
    const targets = styleTransferTargets(
      four(inputs.content),
      four(inputs.style),
      modelOf(inputs),
      optionsWith(),
    );
    const content = convolve(inputs.content, inputs.filters);
    expect(targets.content.shape).toEqual(content.shape);
    expect(largestError(numbers(targets.content), content.data)).toBeLessThan(1e-6);
    expect(targets.styles).toHaveLength(1);
    const style = gram(convolve(inputs.style, inputs.filters));
    expect(largestError(numbers(targets.styles[0]), style.data)).toBeLessThan(1e-6);
  });
});

describe('styleTransferLoss', () => {
  const inputs = inputsOf(cases, 'loss');
  const loss = (x: tf.Tensor) =>
    styleTransferLoss(x as tf.Tensor4D, targetsOf(inputs), modelOf(inputs), optionsWith());

  it('is the sum of the three losses, each of which counts', () => {
    const expected = lossInLoops(inputs.image, inputs);
    expect(largestError(numbers(loss(four(inputs.image))), [expected])).toBeLessThan(1e-6);
    const features = convolve(inputs.image, inputs.filters);
    expect(weights.content * squaredDistance(features, inputs['content-target'])).toBeGreaterThan(
      0.05 * expected,
    );
    expect(weights.style * squaredDistance(gram(features), inputs['style-target'])).toBeGreaterThan(
      0.05 * expected,
    );
    expect(weights.tv * variation(inputs.image)).toBeGreaterThan(0.05 * expected);
  });

  it('has the gradient that finite differences give', () => {
    const gradient = numbers(tf.grad(loss)(four(inputs.image)));
    const expected = gradientOf((x) => lossInLoops(x, inputs), inputs.image);
    expect(largestError(gradient, expected)).toBeLessThan(1e-5);
  });
});

describe('styleTransfer', () => {
  const inputs = inputsOf(cases, 'targets');
  const run = (changes: Partial<StyleTransferOptions>) =>
    styleTransfer(four(inputs.content), four(inputs.style), modelOf(inputs), {
      ...optionsWith(),
      ...changes,
    });

  it('makes the loss fall, returns one loss a step, keeps the content’s size and nothing else', () => {
    const schedule = { ...courseSchedule, steps: 60, learningRate: 0.1, decayFrom: 50, clampUntil: 55 };
    const before = tf.memory().numTensors;
    const { image, losses } = run({ schedule });
    // The pictures, the model's two weights, and the result.
    expect(tf.memory().numTensors - before).toBe(5);
    expect(image.shape).toEqual([1, 7, 9, 3]);
    expect(losses).toHaveLength(60);
    expect(losses[59]).toBeLessThan(0.5 * losses[0]);
  });

  it('inverts features when the style weights are 0: the picture comes back from noise', () => {
    const start = four({
      ...inputs.content,
      data: inputs.content.data.map((value: number) => 0.2 * value) as Float32Array,
    });
    const { image, losses } = run({
      start,
      styleWeights: [0],
      tvWeight: 0,
      schedule: { ...courseSchedule, learningRate: 0.05 },
    });
    expect(losses.at(-1)).toBeLessThan(0.01 * losses[0]);
    expect(largestError(numbers(image), inputs.content.data)).toBeLessThan(0.5);
  });

  it('starts from the given image and does not dispose of it', () => {
    const start = tf.zerosLike(four(inputs.content));
    const { image, losses } = run({ start, schedule: { ...courseSchedule, steps: 1 } });
    const blank = lossAt(start);
    expect(largestError([losses[0]], [blank])).toBeLessThan(1e-5);
    expect(start.isDisposed).toBe(false);
    expect(image.id).not.toBe(start.id);
  });

  function lossAt(image: tf.Tensor4D): number {
    const features = convolve({ shape: image.shape, data: image.dataSync() }, inputs.filters);
    const content = squaredDistance(features, convolve(inputs.content, inputs.filters));
    const style = squaredDistance(gram(features), gram(convolve(inputs.style, inputs.filters)));
    return weights.content * content + weights.style * style;
  }
});
