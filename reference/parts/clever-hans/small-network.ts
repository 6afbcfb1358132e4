import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { randomStream } from '../../lib/random.ts';
import { numberedClasses } from '../../lib/models/numbered-classes.ts';
import { convolution } from './convolution.ts';

/** What a small network is like before training. */
export interface SmallNetworkOptions {
  /** Height and width of its pictures; a multiple of 2 to the number of convolutions. */
  readonly size: number;
  /** Filters of each convolution, first to last; none makes a linear classifier. */
  readonly filters: readonly number[];
  readonly classes: number;
  readonly seed: string | number;
}

/**
 * Weights to start training from: normal with variance 2 / inputs (He et al. 2015), the last layer's with half of that
 * deviation, all biases 0. The same options give the same weights.
 *
 * @returns `convolution0.filter` `[3, 3, in, out]`, `convolution0.bias` `[out]`, ..., `dense.weight`
 *   `[inputs, classes]`, `dense.bias` `[classes]`.
 */
export function initialWeights({ size, filters, classes, seed }: SmallNetworkOptions): NamedTensorMap {
  const random = randomStream(seed).derive('initial weights');
  const weights: NamedTensorMap = {};
  let channels = 3;
  filters.forEach((count, i) => {
    const deviation = Math.sqrt(2 / (9 * channels));
    const values = random.derive(i).normals(9 * channels * count, 0, deviation);
    weights[`convolution${i}.filter`] = tf.tensor4d(values, [3, 3, channels, count]);
    weights[`convolution${i}.bias`] = tf.zeros([count]);
    channels = count;
  });
  const inputs = (size / 2 ** filters.length) ** 2 * channels;
  const values = random.derive('dense').normals(inputs * classes, 0, 0.5 * Math.sqrt(2 / inputs));
  weights['dense.weight'] = tf.tensor2d(values, [inputs, classes]);
  weights['dense.bias'] = tf.zeros([classes]);
  return weights;
}

/** All weights in one row, in the order of their names, `[number of weights]`. */
export function weightVector(weights: NamedTensorMap): Tensor1D {
  return tf.tidy(() =>
    tf.concat1d(
      Object.keys(weights)
        .toSorted()
        .map((name) => weights[name].reshape<Tensor1D>([-1])),
    ),
  );
}

/**
 * A small network from its weights: any number of blocks of a 3x3 convolution, ReLU and 2x2 average pooling, then one
 * dense layer over all places and channels, so that it can tell places apart. Its features are what the blocks return.
 *
 * The weights are used as they are: a gradient with respect to them passes through, and they stay the caller's.
 *
 * @param weights as {@link initialWeights} names them; they also say how many blocks there are.
 * @param classNames default: `class 0`, `class 1`, ...
 * @throws Error where a weight is missing, or where the pictures have a size that the dense layer does not fit.
 */
export function smallNetwork(weights: NamedTensorMap, classNames?: readonly string[]): Classifier {
  const weight = (name: string): Tensor => {
    if (weights[name] === undefined) throw new Error(`small network: the weights lack ${name}`);
    return weights[name];
  };
  const dense = weight('dense.weight') as Tensor2D; // [inputs, classes]
  const denseBias = weight('dense.bias') as Tensor1D; // [classes]
  const blocks = Object.keys(weights).filter((name) => name.endsWith('.filter')).length;
  const channels = blocks === 0 ? 3 : weight(`convolution${blocks - 1}.filter`).shape[3]!;
  const inputSize = Math.round(Math.sqrt(dense.shape[0] / channels)) * 2 ** blocks;

  const block = (x: Tensor4D, index: number, relu: (x: Tensor) => Tensor): Tensor4D => {
    const filter = weight(`convolution${index}.filter`) as Tensor4D;
    const responses = convolution(x, filter).add(weight(`convolution${index}.bias`)); // [N, h, w, c]
    return tf.avgPool(relu(responses) as Tensor4D, 2, 2, 'valid'); // [N, h/2, w/2, c]
  };
  const finish = (activation: Tensor4D, done: number, relu: (x: Tensor) => Tensor): Tensor2D => {
    let x = activation;
    for (let i = done; i < blocks; i++) x = block(x, i, relu);
    const [count, height, width, depth] = x.shape;
    const inputs = height * width * depth;
    if (inputs !== dense.shape[0]) {
      throw new Error(
        `small network: these pictures give ${inputs} values to the dense layer, which takes ${dense.shape[0]}`,
      );
    }
    return x.reshape<Tensor2D>([count, inputs]).matMul(dense).add(denseBias); // [N, classes]
  };

  return {
    name: 'small network',
    inputSize,
    classNames: classNames ?? numberedClasses(dense.shape[1]),
    logits: (x: Tensor4D, { relu = tf.relu } = {}) => tf.tidy(() => finish(x, 0, relu)),
    features: (x: Tensor4D) =>
      tf.tidy(() => {
        const activations: Tensor4D[] = [];
        for (let i = 0; i < blocks; i++) activations.push(block(activations[i - 1] ?? x, i, tf.relu));
        return activations;
      }),
    fromFeatures(activation: Tensor4D, index) {
      if (!Number.isInteger(index) || index < 0 || index >= blocks) {
        throw new Error(`small network: there is no feature ${index}; it has ${blocks}`);
      }
      return tf.tidy(() => finish(activation, index + 1, tf.relu));
    },
  };
}
