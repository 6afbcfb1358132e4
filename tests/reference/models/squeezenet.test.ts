import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../reference/lib/random.ts';
import type { StoredTensor } from '../../../reference/lib/models/safetensors.ts';
import { squeezenet } from '../../../reference/lib/models/squeezenet.ts';
import { randomWeights, weightTensors } from './random-weights.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const classNames = ['a', 'b', 'c', 'd'];
const make = (version: '1.0' | '1.1', weights = weightTensors(randomWeights(version))) =>
  squeezenet(weights, { version, name: 'narrow', classNames, inputSize: 32 });
const image = (height: number, width: number, batch = 1): Tensor4D =>
  tf.tensor4d(randomStream('image').normals(batch * height * width * 3), [batch, height, width, 3]);

/** A picture as `[height][width][channel]`, for an oracle in plain numbers. */
type Maps = number[][][];

const grid = (height: number, width: number, at: (y: number, x: number) => number[]): Maps =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(y, x)));
const rectified = (maps: Maps): Maps =>
  maps.map((row) => row.map((v) => v.map((value) => Math.max(0, value))));

function convolved(maps: Maps, weight: StoredTensor, bias: StoredTensor, stride = 1, pad = 0): Maps {
  const [kernel, , input, output] = weight.shape;
  const side = (length: number): number => Math.floor((length + 2 * pad - kernel) / stride) + 1;
  return grid(side(maps.length), side(maps[0].length), (y, x) =>
    Array.from({ length: output }, (_, o) => {
      let sum = bias.data[o];
      for (let i = 0; i < kernel; i++)
        for (let j = 0; j < kernel; j++)
          for (let c = 0; c < input; c++) {
            const value = maps[y * stride + i - pad]?.[x * stride + j - pad]?.[c] ?? 0;
            sum += value * weight.data[((i * kernel + j) * input + c) * output + o];
          }
      return sum;
    }),
  );
}

function pooledUpwards(maps: Maps): Maps {
  const side = (length: number): number => Math.ceil((length - 3) / 2) + 1;
  return grid(side(maps.length), side(maps[0].length), (y, x) =>
    maps[0][0].map((_, c) => {
      const rows = maps.slice(2 * y, 2 * y + 3);
      return Math.max(...rows.flatMap((row) => row.slice(2 * x, 2 * x + 3).map((v) => v[c])));
    }),
  );
}

/** The whole network after torchvision's source, in float64 loops. */
function oracle(version: '1.0' | '1.1', weights: Record<string, StoredTensor>, picture: Maps) {
  const apply = (maps: Maps, name: string, stride = 1, pad = 0): Maps =>
    convolved(maps, weights[`${name}.weight`], weights[`${name}.bias`], stride, pad);
  const pools = version === '1.0' ? [2, 6, 11] : [2, 5, 8];
  const features: Maps[] = [];
  let maps = picture;
  for (let index = 0; index < 13; index++) {
    if (index === 0) maps = apply(maps, 'features.0', 2);
    else if (index === 1) maps = rectified(maps);
    else if (pools.includes(index)) maps = pooledUpwards(maps);
    else {
      const squeezed = rectified(apply(maps, `features.${index}.squeeze`));
      const one = rectified(apply(squeezed, `features.${index}.expand1x1`));
      const three = rectified(apply(squeezed, `features.${index}.expand3x3`, 1, 1));
      maps = one.map((row, y) => row.map((value, x) => [...value, ...three[y][x]]));
    }
    features.push(maps);
  }
  const places = rectified(apply(maps, 'classifier.1')).flat();
  const logits = places[0].map((_, k) => places.reduce((sum, place) => sum + place[k], 0) / places.length);
  return { features, logits };
}

const flatten = (maps: Maps): number[] => maps.flat(2);
const largestError = (actual: ArrayLike<number>, expected: readonly number[]): number => {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]) / (1 + Math.abs(value))));
};

describe.each(['1.0', '1.1'] as const)('SqueezeNet %s', (version) => {
  it('agrees with plain loops in every feature and the logits, at even and odd sizes', () => {
    const stored = randomWeights(version);
    const model = make(version, weightTensors(stored));
    for (const [height, width] of [
      [40, 35],
      [33, 46],
    ]) {
      const x = image(height, width);
      const expected = oracle(version, stored, (x.arraySync() as Maps[])[0]);
      const features = model.features(x);
      expect(features.map((feature) => feature.shape)).toEqual(
        expected.features.map((maps) => [1, maps.length, maps[0].length, maps[0][0].length]),
      );
      for (const [index, feature] of features.entries()) {
        expect(largestError(feature.dataSync(), flatten(expected.features[index]))).toBeLessThan(1e-5);
      }
      const logits = model.logits(x).dataSync();
      expect(largestError(logits, expected.logits)).toBeLessThan(1e-5);
      expect(Math.max(...logits)).toBeGreaterThan(0);
    }
  });

  it('continues from any of its features to the same logits', () => {
    const model = make(version);
    const x = image(36, 36, 2);
    const logits = [...model.logits(x).dataSync()];
    for (const [index, feature] of model.features(x).entries()) {
      expect([...model.fromFeatures(feature, index).dataSync()]).toEqual(logits);
    }
  });

  it('has the gradient that finite differences show', () => {
    const model = make(version);
    const x = image(32, 32);
    const score = (pixels: Tensor): Tensor => model.logits(pixels as Tensor4D).sum();
    const gradient = tf.grad(score)(x);
    const direction = gradient.div(gradient.norm());
    const step = 3e-3;
    const rise = score(x.add(direction.mul(step))).sub(score(x.sub(direction.mul(step))));
    const slope = gradient.norm().dataSync()[0];
    expect(rise.dataSync()[0] / (2 * step)).toBeGreaterThan(0.97 * slope);
    expect(rise.dataSync()[0] / (2 * step)).toBeLessThan(1.03 * slope);
  });

  it('takes the published sizes at 224 pixels', () => {
    const shapes = make(version)
      .features(image(224, 224))
      .map((feature) => feature.shape[1]);
    expect(shapes).toEqual(
      version === '1.0'
        ? [109, 109, 54, 54, 54, 54, 27, 27, 27, 27, 27, 13, 13]
        : [111, 111, 55, 55, 55, 27, 27, 27, 13, 13, 13, 13, 13],
    );
  });
});

describe('SqueezeNet', () => {
  it('calls the ReLU it is given at all of its 26 places', () => {
    let calls = 0;
    const relu = (x: Tensor): Tensor => {
      calls++;
      return tf.relu(x);
    };
    const model = make('1.1');
    const x = image(32, 32);
    expect([...model.logits(x, { relu }).dataSync()]).toEqual([...model.logits(x).dataSync()]);
    expect(calls).toBe(1 + 8 * 3 + 1);
  });

  it('leaves no tensor behind but those it returns', () => {
    const model = make('1.1');
    const x = image(32, 32);
    const before = tf.memory().numTensors;
    model.logits(x).dispose();
    const features = model.features(x);
    model.fromFeatures(features[7], 7).dispose();
    tf.dispose(features);
    tf.grad((pixels: Tensor) => model.logits(pixels as Tensor4D).sum())(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says what does not fit', () => {
    const weights = weightTensors(randomWeights('1.1'));
    const { 'features.4.squeeze.bias': removed, ...incomplete } = weights;
    expect(removed.shape).toEqual([2]);
    expect(() => make('1.1', incomplete)).toThrow('narrow: the weights lack features.4.squeeze.bias');
    expect(() => make('1.0', weights)).toThrow('the weights lack features.5.squeeze.weight');
    expect(() => make('1.1', { ...weights, 'features.0.bias': tf.zeros([9]) })).toThrow(
      'got [3,3,3,8] and [9]',
    );
    expect(() =>
      squeezenet(weights, { version: '1.1', name: 'narrow', classNames: ['a'], inputSize: 32 }),
    ).toThrow('narrow: 4 scores, but 1 class names');
    expect(() => make('1.1').logits(image(16, 40))).toThrow('H and W at least 17, got [1,16,40,3]');
    expect(() => make('1.1').fromFeatures(image(9, 9), 13)).toThrow('no feature 13');
  });
});
