import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { blur } from '../../../reference/lib/ascent/blur.ts';
import { jitter, jitterOffsets } from '../../../reference/lib/ascent/jitter.ts';
import { noiseStart, zeroStart } from '../../../reference/lib/ascent/start.ts';
import { randomStream } from '../../../reference/lib/random.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const noise = (shape: [number, number, number, number]): Tensor4D =>
  tf.tensor4d(randomStream('ascent').normals(shape.reduce((a, b) => a * b)), shape);

describe('jitter', () => {
  it('moves pixels down and to the right, round the border', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    expect([...jitter(x, 1, 0).dataSync()]).toEqual([4, 5, 6, 1, 2, 3]);
    expect([...jitter(x, 0, 1).dataSync()]).toEqual([3, 1, 2, 6, 4, 5]);
    expect([...jitter(x, 0, -1).dataSync()]).toEqual([2, 3, 1, 5, 6, 4]);
  });

  it('is undone by the opposite shift, also by one beyond the picture', () => {
    const x = noise([2, 5, 7, 3]);
    for (const [down, right] of [
      [2, -3],
      [-4, 6],
      [11, -20],
      [0, 0],
    ]) {
      const back = jitter(jitter(x, down, right), -down, -right);
      expect([...back.dataSync()]).toEqual([...x.dataSync()]);
    }
  });

  it('draws one offset an iteration from the whole range, the same ones from the same seed', () => {
    const offsets = jitterOffsets({ seed: 1, count: 400, maxJitter: 2 });
    expect(offsets).toEqual(jitterOffsets({ seed: 1, count: 400, maxJitter: 2 }));
    expect(offsets).not.toEqual(jitterOffsets({ seed: 2, count: 400, maxJitter: 2 }));
    expect(new Set(offsets.flat())).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect(jitterOffsets({ seed: 1, count: 3, maxJitter: 0 })).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('blur', () => {
  it('is the sum over both axes of mirrored neighbours under a Gaussian', () => {
    const [height, width, sigma] = [4, 6, 0.8];
    const x = noise([1, height, width, 2]);
    const data = x.dataSync();
    const mirror = (i: number, side: number): number => (i < 0 ? -i - 1 : i >= side ? 2 * side - 1 - i : i);
    const radius = Math.floor(4 * sigma + 0.5);
    const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
      Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
    );
    const sum = weights.reduce((a, b) => a + b);
    const blurred = blur(x, sigma).dataSync();
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        for (let c = 0; c < 2; c++) {
          let expected = 0;
          weights.forEach((down, i) =>
            weights.forEach((right, j) => {
              const y = mirror(row + i - radius, height);
              const z = mirror(column + j - radius, width);
              expected += ((down * right) / sum ** 2) * data[(y * width + z) * 2 + c];
            }),
          );
          expect(blurred[(row * width + column) * 2 + c]).toBeCloseTo(expected, 5);
        }
      }
    }
  });

  it('leaves a flat picture flat, and every picture alone when sigma is 0', () => {
    const flat = tf.ones([1, 6, 6, 3]).mul<Tensor4D>(0.7);
    expect(blur(flat, 0.5).sub(flat).abs().max().dataSync()[0]).toBeLessThan(1e-6);
    const x = noise([1, 3, 3, 1]);
    expect([...blur(x, 0).dataSync()]).toEqual([...x.dataSync()]);
  });
});

describe('starts', () => {
  it('are zeros, or normal noise of a seed', () => {
    expect(zeroStart(5).shape).toEqual([1, 5, 5, 3]);
    expect(zeroStart(5).abs().max().dataSync()[0]).toBe(0);
    const start = noiseStart(32, 'a', 2);
    expect([...start.dataSync()]).toEqual([...noiseStart(32, 'a', 2).dataSync()]);
    expect(start.square().mean().sqrt().dataSync()[0]).toBeCloseTo(2, 0);
    expect([...noiseStart(4, 'b').dataSync()]).not.toEqual([...noiseStart(4, 'a').dataSync()]);
  });

  it('leave no tensors behind, nor do jitter and blur', () => {
    const x = noise([1, 6, 6, 3]);
    const before = tf.memory().numTensors;
    tf.dispose([jitter(x, 1, 2), jitter(x, 0, 0), blur(x, 0.5), noiseStart(4, 1), zeroStart(4)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
