import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorData } from '../../../grader/assignment/define.ts';
import { assignment } from '../../../reference/assignment.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { adamStart, adamStep } from '../../../reference/parts/style-transfer/adam.ts';
import { styleTransferCases } from '../../../reference/parts/style-transfer/cases.ts';
import {
  courseSchedule,
  type Schedule,
  type StyleTransferOptions,
  type StyleTransferStep,
} from '../../../reference/parts/style-transfer/contract.ts';
import {
  styleTransfer,
  styleTransferLoss,
  styleTransferStep,
  styleTransferTargets,
} from '../../../reference/parts/style-transfer/style-transfer.ts';
import { four, inputsOf, numbers, three } from './case-tensors.ts';
import { gram, squaredDistance, variation } from './float64-losses.ts';
import { type Values, convolve, gradientOf, largestError } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases = styleTransferCases(assignment.seed);

const weights = { content: 5e-2, style: 30, tv: 4e-2 };
const optionsWith = (schedule: Schedule = courseSchedule): StyleTransferOptions => ({
  contentLayer: 0,
  contentWeight: weights.content,
  styleLayers: [0],
  styleWeights: [weights.style],
  tvWeight: weights.tv,
  schedule,
});
const modelOf = (inputs: Record<string, TensorData>) =>
  oneConvolution(four(inputs.filters), tf.zeros([inputs.filters.shape[3], 2]));
const targetsOf = (inputs: Record<string, TensorData>) => ({
  content: four(inputs['content-target']),
  styles: [three(inputs['style-target'])],
});

/** The loss, term by term, in loops. */
function lossInLoops(image: Values, inputs: Record<string, Values>): number {
  const features = convolve(image, inputs.filters);
  const content = weights.content * squaredDistance(features, inputs['content-target']);
  const style = weights.style * squaredDistance(gram(features), inputs['style-target']);
  return content + style + weights.tv * variation(image);
}

/** One step in loops: what becomes of the image, and of Adam's mean of the gradients. */
function stepInLoops(inputs: Record<string, Values>, step: number, schedule: Schedule, fresh = false) {
  const { limit, clampUntil, decayFrom, learningRate, decayedRate } = schedule;
  const pixels = Float64Array.from(inputs.image.data);
  const x = step < clampUntil ? pixels.map((value) => Math.min(limit, Math.max(-limit, value))) : pixels;
  const image = { shape: inputs.image.shape, data: x };
  const gradient = gradientOf((x) => lossInLoops(x, inputs), image);
  const rate = step < decayFrom ? learningRate : decayedRate;
  const t = fresh ? 1 : step + 1;
  const mean = gradient.map((g, i) => 0.9 * (fresh ? 0 : inputs.mean.data[i]) + 0.1 * g);
  const moved = x.map((value, i) => {
    const square = 0.999 * (fresh ? 0 : inputs.square.data[i]) + 0.001 * gradient[i] ** 2;
    const [meanHat, squareHat] = [mean[i] / (1 - 0.9 ** t), square / (1 - 0.999 ** t)];
    return value - (rate * meanHat) / (Math.sqrt(squareHat) + 1e-8);
  });
  return { image: moved, mean, loss: lossInLoops(image, inputs), gradient };
}

function stepOfCase(id: string, step: number, schedule: Schedule, fresh = false): StyleTransferStep {
  const inputs = inputsOf(cases, id);
  const image = four(inputs.image);
  const memory = { steps: step, mean: inputs.mean, square: inputs.square };
  const adam = fresh ? adamStart(image) : { ...memory, mean: four(memory.mean), square: four(memory.square) };
  return styleTransferStep({ image, adam }, step, targetsOf(inputs), modelOf(inputs), optionsWith(schedule));
}

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

const otherSchedule = {
  ...courseSchedule,
  learningRate: 0.5,
  decayedRate: 0.02,
  decayFrom: 12,
  clampUntil: 20,
  limit: 0.9,
};

describe('styleTransferStep', () => {
  it.each([
    { id: 'step', step: 7, schedule: courseSchedule },
    { id: 'decay', step: 179, schedule: courseSchedule },
    { id: 'decay', step: 180, schedule: courseSchedule },
    { id: 'clipping', step: 189, schedule: courseSchedule },
    { id: 'clipping', step: 190, schedule: courseSchedule },
    { id: 'other-schedule', step: 11, schedule: otherSchedule },
    { id: 'other-schedule', step: 12, schedule: otherSchedule },
  ])(
    'moves the image of the case $id in step $step as Algorithm 1 of Adam does',
    ({ id, step, schedule }) => {
      const expected = stepInLoops(inputsOf(cases, id), step, schedule);
      const next = stepOfCase(id, step, schedule);
      expect(largestError(numbers(next.image), expected.image)).toBeLessThan(1e-5);
      expect(largestError(numbers(next.adam.mean), expected.mean)).toBeLessThan(1e-5);
      expect(largestError(numbers(next.loss), [expected.loss])).toBeLessThan(1e-6);
      expect(next.adam.steps).toBe(step + 1);
    },
  );

  it('moves every pixel by the whole rate in the first step, from gradients far enough from 0 to have a sign', () => {
    const inputs = inputsOf(cases, 'first-step');
    const { image, gradient } = stepInLoops(inputs, 0, courseSchedule, true);
    const next = stepOfCase('first-step', 0, courseSchedule, true);
    expect(largestError(numbers(next.image), image)).toBeLessThan(1e-5);
    const clipped = inputs.image.data as Float32Array;
    [...image].forEach((value, i) => {
      const from = Math.min(1.5, Math.max(-1.5, clipped[i]));
      expect(value).toBeCloseTo(from - 3 * Math.sign(gradient[i]), 3);
    });
    // Rounding must not decide where a pixel goes.
    expect(Math.min(...gradient.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  it('is asked for images that reach beyond the limit, so that clipping shows', () => {
    for (const id of ['first-step', 'step', 'clipping', 'decay', 'other-schedule']) {
      const pixels = [...inputsOf(cases, id).image.data].filter((value) => Math.abs(value) > 1.5);
      expect(pixels.length).toBeGreaterThan(10);
    }
  });

  it('leaves no tensors behind and its arguments as they are', () => {
    const inputs = inputsOf(cases, 'step');
    const [image, targets, model] = [four(inputs.image), targetsOf(inputs), modelOf(inputs)];
    const adam = adamStart(image);
    const before = tf.memory().numTensors;
    const next = styleTransferStep({ image, adam }, 0, targets, model, optionsWith());
    expect(tf.memory().numTensors - before).toBe(4);
    expect(next.image.id).not.toBe(image.id);
    expect(largestError(numbers(image), inputs.image.data)).toBe(0);
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

describe('Adam', () => {
  it('finds the minimum of a bowl', () => {
    let x = tf.tensor4d([3, -2], [1, 1, 1, 2]);
    let state = adamStart(x);
    for (let i = 0; i < 300; i++) ({ x, state } = adamStep(x, x.mul(2), { state, rate: 0.05 }));
    expect(Math.max(...[...x.dataSync()].map(Math.abs))).toBeLessThan(0.05);
  });

  it('takes the same step for a gradient a thousand times as large', () => {
    const x = tf.tensor4d([0.5, -1, 2], [1, 1, 3, 1]);
    const gradient = tf.tensor4d([1, -2, 0.3], [1, 1, 3, 1]);
    const [small, large] = [gradient, gradient.mul<tf.Tensor4D>(1000)].map(
      (g) => adamStep(x, g, { state: adamStart(x), rate: 0.1 }).x,
    );
    expect(largestError(numbers(large), numbers(small))).toBeLessThan(1e-5);
  });

  it('agrees with TensorFlow.js’s own Adam over several steps', () => {
    const target = tf.tensor4d([1, -0.5, 0.25], [1, 1, 1, 3]);
    const start = [0.1, 0.2, -0.3];
    const variable = tf.variable(tf.tensor4d(start, [1, 1, 1, 3]));
    const optimizer = tf.train.adam(0.1, 0.9, 0.999, 1e-8);
    let x = tf.tensor4d(start, [1, 1, 1, 3]);
    let state = adamStart(x);
    for (let i = 0; i < 10; i++) {
      optimizer.minimize(() => variable.sub(target).square().sum());
      ({ x, state } = adamStep(x, x.sub(target).mul(2), { state, rate: 0.1 }));
    }
    expect(largestError(numbers(x), numbers(variable))).toBeLessThan(1e-4);
    optimizer.dispose();
    variable.dispose();
  });
});
