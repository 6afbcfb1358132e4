import * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { squeezenet } from '../../reference/lib/models/squeezenet.ts';
import { normalTensor } from './gradient-oracles.ts';

/** A SqueezeNet 1.1 of a quarter of the width with seeded random weights and ten classes. */
export function narrowSqueezenet(): ReturnType<typeof squeezenet> {
  const weights: tf.NamedTensorMap = {};
  const layer = (name: string, side: number, inputs: number, outputs: number): void => {
    const filter = normalTensor<tf.Rank.R4>(name, [side, side, inputs, outputs]);
    weights[`${name}.weight`] = tf.mul(filter, Math.sqrt(2 / (side * side * inputs)));
    weights[`${name}.bias`] = tf.mul(normalTensor<tf.Rank.R1>(`${name} bias`, [outputs]), 0.1);
  };
  layer('features.0', 3, 3, 16);
  const fires = {
    3: [16, 4],
    4: [32, 4],
    6: [32, 8],
    7: [64, 8],
    9: [64, 12],
    10: [96, 12],
    11: [96, 16],
    12: [128, 16],
  };
  for (const [index, [inputs, squeezed]] of Object.entries(fires)) {
    layer(`features.${index}.squeeze`, 1, inputs, squeezed);
    layer(`features.${index}.expand1x1`, 1, squeezed, 4 * squeezed);
    layer(`features.${index}.expand3x3`, 3, squeezed, 4 * squeezed);
  }
  layer('classifier.1', 1, 128, 10);
  // A ReLU follows: keep every score above zero, so that each has a gradient.
  weights['classifier.1.bias'] = tf.fill([10], 20);
  const classNames = Array.from({ length: 10 }, (_, index) => `class ${index}`);
  return squeezenet(weights, { version: '1.1', name: 'narrow', classNames, inputSize: 64 });
}

/** A hash of every byte of a batch's logits, gradients of a score and of weights, sums, means and Gram matrices. */
export function gradientDigest(): string {
  const hash = createHash('sha256');
  tf.tidy(() => {
    const model = narrowSqueezenet();
    const images = normalTensor<tf.Rank.R4>('images', [2, 64, 64, 3]);
    const score = (x: tf.Tensor): tf.Tensor =>
      tf.sum(tf.slice(model.logits(x as tf.Tensor4D), [0, 3], [-1, 1]));
    const filter = normalTensor<tf.Rank.R4>('filter', [3, 3, 3, 8]);
    const energy = (weights: tf.Tensor): tf.Tensor =>
      tf.sum(tf.square(tf.conv2d(images, weights as tf.Tensor4D, 2, 'same')));
    const features = tf.reshape(tf.relu(images), [2, -1, 3]);
    const results = [
      model.logits(images),
      tf.grad(score)(images),
      tf.grad(energy)(filter),
      tf.sum(images, [1, 2]),
      tf.mean(images, [0, 3]),
      tf.matMul(features, features, true, false),
    ];
    for (const tensor of results) {
      const values = tensor.dataSync();
      if (values.every((value) => value === 0)) throw new Error('a tensor of zeros proves nothing');
      hash.update(new Uint8Array(values.buffer));
    }
  });
  return hash.digest('hex');
}
