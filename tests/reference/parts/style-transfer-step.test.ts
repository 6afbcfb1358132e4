import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamStart } from '../../../reference/parts/style-transfer/adam.ts';
import {
  courseSchedule,
  type Schedule,
  type StyleTransferStep,
} from '../../../reference/parts/style-transfer/contract.ts';
import { styleTransferStep } from '../../../reference/parts/style-transfer/style-transfer.ts';
import { four, inputsOf, numbers } from './case-tensors.ts';
import { gradientOf, largestError, type Values } from './float64-networks.ts';
import { cases, lossInLoops, modelOf, optionsWith, targetsOf } from './style-transfer-small-cases.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

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
