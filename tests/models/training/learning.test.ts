import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { adamStep, initialState, scheduledRate } from '../../../models/training/adam.ts';
import type { LearnerState } from '../../../models/training/adam.ts';
import { resumeCheckpoint, saveCheckpoint } from '../../../models/training/checkpoint.ts';
import { initialWeights } from '../../../models/training/initial-weights.ts';
import { trainNetwork } from '../../../models/training/train-network.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

describe('Adam', () => {
  it('takes a first step of the learning rate against the sign of each gradient', () => {
    const state = initialState({ w: Float32Array.of(1, 1, 1) });
    adamStep(state, { w: Float32Array.of(0.5, -2, 0) }, { learningRate: 0.1, largestGradient: Infinity });
    expect([...state.weights.w].map((value) => Number(value.toFixed(5)))).toEqual([0.9, 1.1, 1]);
    expect(state.step).toBe(1);
  });

  it('does what the optimizer of TensorFlow.js does', () => {
    const start = [0.3, -0.7, 2];
    const state = initialState({ w: Float32Array.from(start) });
    const variable = tf.variable(tf.tensor1d(start));
    const optimizer = tf.train.adam(0.05, 0.9, 0.999, 1e-8);
    const random = randomStream('gradients');
    for (let step = 0; step < 20; step++) {
      const gradient = random.normals(3);
      adamStep(state, { w: gradient }, { learningRate: 0.05, largestGradient: Infinity });
      optimizer.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }]);
    }
    const expected = variable.dataSync();
    for (const [i, value] of state.weights.w.entries())
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
    variable.dispose();
  });

  it('shortens gradients to their largest length, all together', () => {
    const long = initialState({ a: new Float32Array(1), b: new Float32Array(1) });
    adamStep(
      long,
      { a: Float32Array.of(30), b: Float32Array.of(40) },
      { learningRate: 1, largestGradient: 1 },
    );
    expect(long.first.a[0]).toBeCloseTo(0.1 * 0.6, 6);
    expect(long.first.b[0]).toBeCloseTo(0.1 * 0.8, 6);
  });

  it('follows a rate that climbs, then falls along a cosine to zero', () => {
    const schedule = { learningRate: 2, warmUp: 10, steps: 100 };
    expect(scheduledRate(0, schedule)).toBeCloseTo(0.2, 6);
    expect(scheduledRate(50, schedule)).toBeCloseTo(1, 6);
    expect(scheduledRate(100, schedule)).toBeCloseTo(0, 6);
  });
});

const network = { version: '1.1', name: 'tiny', classNames: 'abcdefghij'.split(''), inputSize: 33 } as const;
const recipe = {
  width: 1 / 8,
  size: 33,
  steps: 4,
  batch: 4,
  learningRate: 1e-3,
  warmUp: 2,
  largestGradient: 1,
  scoreBias: 1,
  backgroundPenalty: 1,
  attack: { epsilon: 0.01, stepSize: 0.01, steps: 1 },
} as const;

describe('training', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'training-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends in the same weights whether it was interrupted or not, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const whole = trainNetwork({ recipe, seed: 'run', network });
    expect(tf.memory().numTensors).toBe(before);
    const path = join(folder, 'deep', 'checkpoint.safetensors');
    const cut = new Error('cut');
    const interrupted = () =>
      trainNetwork({
        recipe,
        seed: 'run',
        network,
        onStep(report, state) {
          saveCheckpoint(path, state, { run: 'run', seconds: { wall: 3, cpu: 2 } });
          if (report.step === 2) throw cut;
        },
      });
    expect(interrupted).toThrow(cut);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['checkpoint.safetensors']);
    const resumed = resumeCheckpoint(path, 'run')!;
    expect(resumed).toMatchObject({ run: 'run', seconds: { wall: 3, cpu: 2 }, state: { step: 2 } });
    const steps: number[] = [];
    const continued = trainNetwork({
      recipe,
      seed: 'run',
      network,
      state: resumed.state,
      onStep: ({ step }) => steps.push(step),
    });
    expect(steps).toEqual([3, 4]);
    expect(continued).toEqual(whole);
    expect(trainNetwork({ recipe, seed: 'other', network })).not.toEqual(whole);
  });

  it('goes on with a run of the same recipe and seed only', () => {
    const path = join(folder, 'checkpoint.safetensors');
    expect(resumeCheckpoint(path, 'run')).toBeUndefined();
    const state: LearnerState = initialState({ w: Float32Array.of(1, 2) });
    saveCheckpoint(path, state, { run: 'run', seconds: { wall: 0, cpu: 0 } });
    expect(resumeCheckpoint(path, 'run')?.state).toEqual(state);
    expect(resumeCheckpoint(path, 'another')).toBeUndefined();
  });

  it('starts from given weights and does not change them', () => {
    const options = { version: '1.1', width: 1 / 8, classes: 10, scoreBias: 1 } as const;
    const start = initialWeights({ ...options, random: randomStream('start') });
    const copy = structuredClone(start);
    const trained = trainNetwork({ recipe: { ...recipe, steps: 1 }, seed: 'run', network, start });
    expect(start).toEqual(copy);
    const { data } = trained['features.0.weight'];
    const moves = data.map((value, i) => Math.abs(value - copy['features.0.weight'].data[i]));
    expect(Math.max(...moves)).toBeGreaterThan(0);
    expect(Math.max(...moves)).toBeLessThanOrEqual(1.001 * recipe.learningRate);
  });

  it('begins with weights of the published shapes at width 1', () => {
    const count = (version: '1.0' | '1.1'): number =>
      Object.values(
        initialWeights({ version, width: 1, classes: 1000, scoreBias: 0, random: randomStream('count') }),
      ).reduce((sum, { data }) => sum + data.length, 0);
    expect(count('1.0')).toBe(1_248_424);
    expect(count('1.1')).toBe(1_235_496);
  });
});
