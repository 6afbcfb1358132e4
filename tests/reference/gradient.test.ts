import * as tf from '@tensorflow/tfjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { gradientOf, withGradient } from '../../reference/lib/gradient.ts';

describe('gradientOf', () => {
  it('is tf.grad with the type of the argument', () => {
    const x = tf.tensor4d([1, -2, 3, 4], [1, 2, 2, 1]);
    const gradient = gradientOf((y) => y.square().sum(), x);
    expectTypeOf(gradient).toEqualTypeOf<tf.Tensor4D>();
    expect(gradient.shape).toEqual([1, 2, 2, 1]);
    expect([...gradient.dataSync()]).toEqual([2, -4, 6, 8]);
  });

  it('sums over the values of a result that is no scalar', () => {
    expect([...gradientOf((y) => y.mul([1, 10]), tf.tensor1d([5, 5])).dataSync()]).toEqual([1, 10]);
  });

  it('leaves its argument alone and only the gradient behind', () => {
    const x = tf.tensor1d([3]);
    const before = tf.memory().numTensors;
    gradientOf((y) => y.square(), x);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect([...x.dataSync()]).toEqual([3]);
  });

  it('refuses a function that does not depend on its argument', () => {
    expect(() => gradientOf(() => tf.scalar(1), tf.scalar(2))).toThrow(/Cannot compute gradient/);
  });
});

describe('withGradient', () => {
  const straightThrough = withGradient(
    (x) => x.round(),
    (dy) => dy.mul(2),
  );

  it('computes the value', () => {
    expect([...straightThrough(tf.tensor1d([0.2, 0.8])).dataSync()]).toEqual([0, 1]);
  });

  it('sends back the given gradient, as often as it is called', () => {
    const twice = (x: tf.Tensor): tf.Tensor => straightThrough(straightThrough(x)).mul([3, 5]);
    expect([...gradientOf(twice, tf.tensor1d([0.2, 0.8])).dataSync()]).toEqual([12, 20]);
  });

  it('gives the gradient the input to look at', () => {
    const gate = withGradient(
      (x) => x,
      (dy, x) => dy.mul(x.greater(0)),
    );
    expect([...gradientOf(gate, tf.tensor1d([-1, 4])).dataSync()]).toEqual([0, 1]);
  });
});
