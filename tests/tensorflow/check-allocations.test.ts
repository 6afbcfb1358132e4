import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';

/** Makes tensors on the WASM heap without touching their memory. */
interface Allocating {
  write(values: null, shape: number[], dtype: 'float32'): object;
  disposeData(dataId: object): boolean;
}

beforeAll(() => prepareBackend({ backend: 'wasm' }));

describe('allocating on the WASM heap', () => {
  const stillComputes = (): void => {
    const sum = tf.tidy(() => tf.tensor1d([1, 2, 3]).add(1).sum().dataSync()[0]);
    expect(sum).toBe(9);
  };

  it.each([
    ['a broadcast', () => tf.ones([50_000, 1]).add(tf.ones([1, 50_000]))],
    ['a matrix product', () => tf.ones([50_000, 1]).matMul(tf.ones([1, 50_000]))],
    ['tiles', () => tf.ones([50_000, 1]).tile([1, 50_000])],
  ])('%s beyond what addresses reach is an error and writes over nothing', (_, make) => {
    const before = tf.memory().numTensors;
    expect(() => tf.tidy(make)).toThrow(new RangeError('Out of memory: no room for a tensor of 10000 MB'));
    expect(tf.memory().numTensors).toBe(before);
    stillComputes();
  });

  it('says so when the heap is full, and goes on when there is room again', () => {
    const backend = tf.backend() as unknown as Allocating;
    const made: object[] = [];
    const fill = (): void => {
      for (let i = 0; i < 6; i++) made.push(backend.write(null, [250_000_000], 'float32'));
    };
    expect(fill).toThrow(new RangeError('Out of memory: no room for a tensor of 1000 MB'));
    expect(made.length).toBeGreaterThan(0);
    for (const dataId of made) backend.disposeData(dataId);
    stillComputes();
  });
});
