import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamStart, adamStep } from '../../../reference/parts/style-transfer/adam.ts';
import { numbers } from './case-tensors.ts';
import { largestError } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
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
