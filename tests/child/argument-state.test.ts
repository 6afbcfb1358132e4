import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ArgumentState } from '../../grader/child/argument-state.ts';

interface Options {
  layers: number[];
  start: tf.Tensor;
  onStep: () => void;
}
type Call = (x: tf.Tensor, options: Options) => unknown;

const calls: [what: string, call: Call, became: string][] = [
  ['reads a tensor', (x) => x.dataSync(), 'intact'],
  ['reads a tensor at some other time', (x) => x.data(), 'intact'],
  ['keeps a tensor from being tidied up', (x) => tf.keep(x), 'intact'],
  ['disposes of a copy', (x) => x.clone().dispose(), 'intact'],
  ['disposes of a tensor', (x) => x.dispose(), 'disposed'],
  ['disposes of a tensor in the options', (_, { start }) => start.dispose(), 'disposed'],
  ['writes to the values of a tensor', (x) => (x.dataSync()[1] = 7), 'changed'],
  ['writes NaN to them', (x) => (x.dataSync()[1] = Number.NaN), 'changed'],
  ['turns a list around', (_, { layers }) => layers.reverse(), 'changed'],
  ['sets an option', (_, options) => (options.start = tf.scalar(1)), 'changed'],
];

describe('of arguments it is seen when a call', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it.each(calls)('%s', async (_, call, became) => {
    const options = { layers: [3, 1], start: tf.tensor1d([0, Number.NaN]), onStep: () => undefined };
    const args: [tf.Tensor, Options] = [tf.tensor1d([1, 2, 3]), options];
    const state = await ArgumentState.of(args);
    const before = tf.memory().numTensors;
    await call(...args);
    const left = tf.memory().numTensors;
    expect(await state.now()).toBe(became);
    expect(tf.memory().numTensors).toBe(left);
    if (became === 'intact') expect(left).toBe(before);
  });

  it('does something in a list of lists as in any other', async () => {
    const pictures = [[tf.scalar(1)], [tf.scalar(2)]];
    const state = await ArgumentState.of([pictures]);
    expect(await state.now()).toBe('intact');
    pictures[1][0].dispose();
    expect(await state.now()).toBe('disposed');
  });
});
