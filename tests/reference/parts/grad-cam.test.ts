import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { squeezenet } from '../../../reference/lib/models/squeezenet.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';
import { gradCam, guidedBackprop } from '../../../reference/parts/grad-cam/grad-cam.ts';
import { randomWeights, weightTensors } from '../models/random-weights.ts';
import { largestError, noiseImages, plainConvolution, plainPictures } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const integers = (values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Linear in both directions between the centres of the small map's pixels, level outside of them. */
function enlarge(map: ArrayLike<number>, from: Size, to: Size): number[] {
  const along = (place: number, small: number, large: number) => {
    const at = Math.min(small - 1, Math.max(0, ((place + 0.5) * small) / large - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(small - 1, low + 1), share: at - low };
  };
  return Array.from({ length: to.height * to.width }, (_, i) => {
    const y = along(Math.floor(i / to.width), from.height, to.height);
    const x = along(i % to.width, from.width, to.width);
    const row = (r: number): number =>
      (1 - x.share) * map[r * from.width + x.low] + x.share * map[r * from.width + x.high];
    return (1 - y.share) * row(y.low) + y.share * row(y.high);
  });
}

function scaled(map: readonly number[]): number[] {
  const largest = Math.max(...map);
  return largest === 0 ? [...map] : map.map((value) => value / largest);
}

describe('Grad-CAM', () => {
  it('is the closed form on one convolution: relu(sum over k of V[k, y] A_k), scaled', () => {
    const network = plainConvolution('cam');
    const [height, width, labels] = [7, 5, [2, 0, 3]];
    const images = noiseImages('pictures', [3, height, width, 3]);
    const expected = plainPictures(images).flatMap((picture, n) => {
      const activation = network.activate(picture, height, width);
      return scaled(
        Array.from({ length: height * width }, (_, p) => {
          let sum = 0;
          for (let k = 0; k < network.kernels; k++) {
            sum += network.weight(k, labels[n]) * activation[p * network.kernels + k];
          }
          return Math.max(0, sum);
        }),
      );
    });
    const maps = gradCam(images, integers(labels), network.model, 0);
    expect(maps.shape).toEqual([3, height, width]);
    expect(largestError(maps.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('weights a deep layer by the mean slope, found by lifting whole channels, and enlarges between pixel centres', () => {
    const model = squeezenet(weightTensors(randomWeights('1.1')), {
      version: '1.1',
      name: 'random',
      classNames: ['a', 'b', 'c', 'd'],
      inputSize: 47,
    });
    const [height, width, label, layer] = [47, 61, 1, 4];
    const image = noiseImages('picture', [1, height, width, 3]);
    const activation = model.features(image)[layer];
    const [, h, w, channels] = activation.shape;
    const values = activation.dataSync();
    const score = (lifted: number, by: number): number => {
      const lift = tf
        .oneHot(integers([lifted]), channels)
        .mul(by)
        .reshape([1, 1, 1, channels]);
      return model.fromFeatures(activation.add(lift), layer).dataSync()[label];
    };
    // A step small enough that hardly any ReLU switches, large enough for float32.
    const step = 2e-3;
    const weights = Array.from(
      { length: channels },
      (_, k) => (score(k, step) - score(k, -step)) / (2 * step * h * w),
    );
    const map = Array.from({ length: h * w }, (_, p) =>
      Math.max(
        0,
        weights.reduce((sum, weight, k) => sum + weight * values[p * channels + k], 0),
      ),
    );
    expect(Math.max(...map)).toBeGreaterThan(0);
    const expected = scaled(enlarge(map, { height: h, width: w }, { height, width }));
    const [received] = plainPictures(gradCam(image, integers([label]), model, layer).expandDims(3));
    expect(largestError(received, expected)).toBeLessThan(0.02);
  });

  it('is 0 everywhere, not NaN, where the layer speaks against the class', () => {
    const { model } = plainConvolution('cam');
    const against = {
      ...model,
      fromFeatures: (a: tf.Tensor4D) => a.mean<tf.Tensor2D>([1, 2]).neg() as tf.Tensor2D,
    };
    const maps = gradCam(noiseImages('pictures', [1, 6, 6, 3]), integers([1]), against, 0);
    expect([...maps.dataSync()]).toEqual(Array.from({ length: 36 }, () => 0));
  });

  it('scales each map on its own', () => {
    const { model } = plainConvolution('cam');
    const images = noiseImages('pictures', [2, 6, 6, 3]);
    const louder = tf.concat([images, images.mul<tf.Tensor4D>(10)]);
    const largest = gradCam(louder, integers([0, 1, 0, 1]), model, 0).max([1, 2]);
    expect([...largest.dataSync()]).toEqual([1, 1, 1, 1]);
  });
});

describe('guided backpropagation', () => {
  it('keeps the hidden units that are on and speak for the class: the closed form on two layers', () => {
    const [side, units, classes, label] = [4, 12, 3, 2];
    const hidden = noiseImages('hidden', [side, side, 3, units]);
    const output = noiseImages('output', [1, 1, units, classes]).reshape<tf.Tensor2D>([units, classes]);
    const image = noiseImages('picture', [1, side, side, 3]);
    const [w, v, x] = [hidden, output, image].map((tensor) => tensor.dataSync());
    const expected = new Float64Array(side * side * 3);
    let kept = 0;
    for (let j = 0; j < units; j++) {
      const sum = expected.reduce((total, _, i) => total + x[i] * w[i * units + j], 0);
      if (sum <= 0 || v[j * classes + label] <= 0) continue;
      kept++;
      expected.forEach((_, i) => (expected[i] += v[j * classes + label] * w[i * units + j]));
    }
    expect(kept).toBeGreaterThan(0);
    const guided = guidedBackprop(image, integers([label]), twoLayerRelu(hidden, output));
    expect(guided.shape).toEqual([1, side, side, 3]);
    expect(largestError(guided.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('stops negative gradients at every ReLU on the way, not at the last one only', () => {
    // s = relu(-relu(x) + 3) summed over the pixels, one class a channel: the outer ReLU is on, and passes back a gradient that is negative.
    const model = {
      ...linearClassifier(tf.ones([2, 2, 3, 3])),
      logits: (x: tf.Tensor4D, { relu = tf.relu as (t: tf.Tensor) => tf.Tensor } = {}) =>
        relu(relu(x).neg().add(3)).sum<tf.Tensor2D>([1, 2]),
    };
    const image = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
    const guided = guidedBackprop(image, integers([0]), model);
    expect(guided.abs().max().dataSync()[0]).toBe(0);
  });

  it('is the plain gradient where there is no ReLU', () => {
    const weights = noiseImages('weights', [3, 3, 3, 2]);
    const guided = guidedBackprop(
      noiseImages('picture', [2, 3, 3, 3]),
      integers([1, 0]),
      linearClassifier(weights),
    );
    const data = weights.dataSync();
    const expected = [1, 0].flatMap((label) => Array.from({ length: 27 }, (_, i) => data[2 * i + label]));
    expect([...guided.dataSync()]).toEqual(expected);
  });

  it('leaves no tensors behind, and neither does Grad-CAM', () => {
    const { model } = plainConvolution('cam');
    const [images, labels] = [noiseImages('pictures', [2, 5, 5, 3]), integers([0, 1])];
    const before = tf.memory().numTensors;
    gradCam(images, labels, model, 0).dispose();
    guidedBackprop(images, labels, model).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
