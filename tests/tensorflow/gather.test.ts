import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { onBackend, prepareSubject } from './gradient-oracles.ts';

beforeAll(async () => {
  await prepareSubject();
});

describe.each(['subject', 'cpu'] as const)('gather with batch dimensions, on %s', (backend) => {
  const scores = (): tf.Tensor => tf.reshape(tf.range(0, 50), [5, 10]);
  const labels = [[0], [3], [6], [9], [2]];

  it('picks each row’s own score', () => {
    const picked = onBackend(backend, () =>
      tf.gather(scores(), tf.tensor2d(labels, [5, 1], 'int32') as never, 1, 1),
    );
    expect([...picked]).toEqual([0, 13, 26, 39, 42]);
  });

  it('has the gradient of the same with a one-hot mask', () => {
    const square = (picked: tf.Tensor): tf.Tensor => tf.sum(tf.square(picked));
    const gathered = onBackend(backend, () =>
      tf.grad((x: tf.Tensor) => square(tf.gather(x, tf.tensor2d(labels, [5, 1], 'int32') as never, 1, 1)))(
        scores(),
      ),
    );
    const masked = onBackend(backend, () =>
      tf.grad((x: tf.Tensor) =>
        square(tf.sum(tf.mul(x, tf.oneHot(tf.tensor1d(labels.flat(), 'int32'), 10)), 1)),
      )(scores()),
    );
    expect([...gathered]).toEqual([...masked]);
    expect(gathered[13]).toBe(26);
  });

  it('has a gradient with two batch dimensions, which can be differentiated again', () => {
    const x = (): tf.Tensor => tf.reshape(tf.range(0, 24), [2, 3, 4]);
    const cubes = (at: tf.Tensor): tf.Tensor =>
      tf.sum(tf.pow(tf.gather(at, tf.tensor3d([0, 0, 1, 3, 2, 1], [2, 3, 1], 'int32') as never, 2, 2), 3));
    const expected = Array.from({ length: 24 }, (_, index) =>
      [0, 4, 9, 15, 18, 21].includes(index) ? 6 * index : 0,
    );
    const second = onBackend(backend, () => tf.grad((at: tf.Tensor) => tf.sum(tf.grad(cubes)(at)))(x()));
    expect([...second]).toEqual(expected);
  });

  it('adds up the gradient of what is picked twice, and refuses what is not there', () => {
    const twice = onBackend(backend, () =>
      tf.grad((x: tf.Tensor) => tf.gather(x, [0, 2, 2], -1))(tf.zeros([2, 3])),
    );
    expect([...twice]).toEqual([1, 0, 2, 1, 0, 2]);
    expect(() => onBackend(backend, () => tf.gather(scores(), [10], 1))).toThrow(
      'the index value 10 is not in [0, 9]',
    );
  });
});
