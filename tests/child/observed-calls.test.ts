import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModules, type RunningModules } from './run-modules.ts';

const module = `
import * as tf from '@tensorflow/tfjs';
export const sumOfSquares = (x: tf.Tensor) => tf.tidy(() => x.square().sum());
export const leaky = (x: tf.Tensor) => x.square().sum();
export const reading = (x: tf.Tensor) => tf.scalar(x.dataSync()[0] + x.arraySync()[0]);
export const gradient = (x: tf.Tensor) => tf.grad((y) => y.square().sum())(x);
export const wrongShapes = (x: tf.Tensor) => x.add(tf.ones([3]));
export const later = async (x: tf.Tensor) => {
  await x.data();
  return tf.tidy(() => x.add(1).sum());
};
export const around = (x: tf.Tensor) => {
  const values = tf.engine().readSync(x.dataId) as Float32Array;
  const again = tf.backend().readSync(x.dataId) as Float32Array;
  return tf.customGrad((y: tf.Tensor) => ({
    value: tf.scalar(values[0] + again[0] + (tf.engine().readSync(y.dataId) as Float32Array)[1]),
    gradFunc: (dy: tf.Tensor) => dy,
  }))(x);
};
export const gathered = (x: tf.Tensor) => tf.tidy(() => tf.gather(x, tf.tensor1d([1, 0], 'int32')).sum());
`;
const x = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } as const;

describe('an observed call', () => {
  let modules: RunningModules;
  beforeAll(async () => (modules = await runModules({ 'work.ts': module })));
  afterAll(() => modules.close());
  const observe = (name: string) =>
    modules.call(name, { args: [{ tensor: 'x' }], tensors: { x }, observe: true });

  it.each([
    ['sumOfSquares', { kernels: 2, reads: 0, leftover: 0 }],
    ['leaky', { kernels: 2, reads: 0, leftover: 1 }],
    ['reading', { kernels: 0, reads: 2, leftover: 0 }],
    ['around', { reads: 3, leftover: 0 }],
    // Its kernel reads the indices.
    ['gathered', { kernels: 2, reads: 0, leftover: 0 }],
    ['later', { kernels: 2, reads: 1, leftover: 0 }],
  ])('of %s counts kernels, reads and what is left', async (name, observed) => {
    expect(await observe(name)).toMatchObject({ kind: 'returned', observed });
  });

  it('counts the kernels of a back-propagation', async () => {
    const outcome = await observe('gradient');
    expect(outcome.kind === 'returned' && outcome.observed?.kernels).toBeGreaterThan(4);
  });

  it('that fails says what the same call says when nobody counts, and the next one counts as before', async () => {
    const observed = await observe('wrongShapes');
    expect(observed).toMatchObject({
      kind: 'failed',
      details: [
        'Error: Operands could not be broadcast together with shapes 2 and 3. (work.ts:7)',
        expect.any(String),
      ],
    });
    expect(await modules.call('wrongShapes', { args: [{ tensor: 'x' }], tensors: { x } })).toEqual(observed);
    expect(await observe('sumOfSquares')).toMatchObject({ observed: { kernels: 2, reads: 0, leftover: 0 } });
  });
});
