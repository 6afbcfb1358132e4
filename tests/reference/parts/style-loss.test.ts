import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../reference/assignment.ts';
import { embeddedRoles } from '../../../reference/cases/embedded-roles.ts';
import { styleLossCases } from '../../../reference/parts/style-loss/cases.ts';
import { gramMatrix, styleLoss } from '../../../reference/parts/style-loss/style-loss.ts';
import { four, inputsOf, numbers, three } from './case-tensors.ts';
import { gram, squaredDistance } from './float64-losses.ts';
import { type Values, gradientOf, largestError } from './float64-networks.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases = styleLossCases(assignment.seed, embeddedRoles);

/** One image of a batch of feature maps. */
function imageOf({ shape, data }: Values, n: number): Values {
  const [, ...map] = shape;
  const size = map.reduce((product, side) => product * side, 1);
  return { shape: [1, ...map], data: Array.from(data).slice(n * size, (n + 1) * size) };
}

describe('gramMatrix', () => {
  it('gives [[10, 14], [14, 20]] on the example of the handout, and a quarter of it normalized', () => {
    const { features } = inputsOf(cases, 'by-hand');
    expect([...gramMatrix(four(features), false).dataSync()]).toEqual([10, 14, 14, 20]);
    expect([...gramMatrix(four(features)).dataSync()]).toEqual([2.5, 3.5, 3.5, 5]);
  });

  it.each(['gram', 'gram-batch', 'gram-one-channel'])(
    'is what loops give, image by image, in the case %s',
    (id) => {
      const { features } = inputsOf(cases, id);
      const [n, height, width, channels] = features.shape;
      const expected = Array.from({ length: n }, (_, i) => [
        ...Array.from(gram(imageOf(features, i)).data),
      ]).flat();
      const [normalized, plain] = [gramMatrix(four(features)), gramMatrix(four(features), false)];
      expect(normalized.shape).toEqual([n, channels, channels]);
      expect(largestError(numbers(normalized), expected)).toBeLessThan(1e-6);
      const count = height * width * channels;
      expect(
        largestError(
          numbers(plain),
          expected.map((value) => value * count),
        ),
      ).toBeLessThan(1e-6);
    },
  );
});

describe('styleLoss', () => {
  it.each([
    { id: 'layers', count: 4, layers: [1, 3], weights: [500, 12], varied: 1 },
    { id: 'layers-wide', count: 3, layers: [2, 0, 1], weights: [15, 1000, 3], varied: 0 },
    { id: 'weight-zero', count: 3, layers: [0, 1], weights: [0, 20], varied: 1 },
  ])(
    'is the weighted sum in loops, and has its gradient, in the case $id',
    ({ id, count, layers, weights, varied }) => {
      const inputs = inputsOf(cases, id);
      const maps = Array.from({ length: count }, (_, layer) => inputs[`features${layer}`]);
      const targets = layers.map((_, i) => inputs[`target${i}`]);
      const inLoops = (features: readonly Values[]): number =>
        layers.reduce(
          (sum, layer, i) => sum + weights[i] * squaredDistance(gram(features[layer]), targets[i]),
          0,
        );
      const loss = (x: tf.Tensor): tf.Scalar => {
        const features = maps.map((map, layer) => (layer === varied ? (x as tf.Tensor4D) : four(map)));
        return styleLoss(features, layers, targets.map(three), weights);
      };
      expect(largestError(numbers(loss(four(maps[varied]))), [inLoops(maps)])).toBeLessThan(1e-6);
      const gradient = numbers(tf.grad(loss)(four(maps[varied])));
      const expected = gradientOf(
        (x) => inLoops(maps.map((map, layer) => (layer === varied ? x : map))),
        maps[varied],
      );
      expect(largestError(gradient, expected)).toBeLessThan(1e-5);
    },
  );

  it('is a scalar, 0 at the style itself, and leaves nothing behind', () => {
    const maps = [four(inputsOf(cases, 'gram').features)];
    const targets = [gramMatrix(maps[0])];
    const before = tf.memory().numTensors;
    const loss = styleLoss(maps, [0], targets, [5]);
    expect(tf.memory().numTensors - before).toBe(1);
    expect(loss.shape).toEqual([]);
    expect(numbers(loss)[0]).toBe(0);
  });
});
