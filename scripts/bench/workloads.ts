import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { squeezenet } from '../../reference/lib/models/squeezenet.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { contentLoss } from '../../reference/parts/content-loss/content-loss.ts';
import { gramMatrix, styleLoss } from '../../reference/parts/style-loss/style-loss.ts';
import { tvLoss } from '../../reference/parts/tv-loss/tv-loss.ts';
import { initialWeights } from '../../models/training/initial-weights.ts';

/** Something to time: prepared once, then run again and again, reading its result back each time. */
export interface Workload {
  readonly name: string;
  /** Stock tfjs-wasm has no kernel for it. */
  readonly beyondStock?: boolean;
  prepare(): () => Promise<void>;
}

const names = {
  forward: (size: number) => `squeezenet 1.1 forward ${size}`,
  gradient: (size: number) => `squeezenet 1.1 forward + input gradient ${size}`,
};

/** SqueezeNet 1.1 of random weights, always the same ones. */
export function model(): Classifier {
  const weights: NamedTensorMap = {};
  const random = randomStream('bench weights');
  const initial = initialWeights({ version: '1.1', width: 1, classes: 1000, random, scoreBias: 1 });
  for (const [name, { shape, data }] of Object.entries(initial)) weights[name] = tf.tensor(data, [...shape]);
  const classNames = Array.from({ length: 1000 }, (_, index) => String(index));
  return squeezenet(weights, { version: '1.1', name: 'bench', classNames, inputSize: 224 });
}

function image(name: string, size: number): Tensor4D {
  return tf.tensor4d(randomStream(name).normals(size * size * 3), [1, size, size, 3]);
}

/** Reads asynchronously, the one way that every backend has. */
function timed(compute: () => Tensor): () => Promise<void> {
  return async () => {
    const result = tf.tidy(compute);
    await result.data();
    result.dispose();
  };
}

/** The network's forward pass, and with its input gradient, on pictures of a size. */
export function networkWorkloads(size: number): Workload[] {
  return [
    {
      name: names.forward(size),
      prepare() {
        const [network, x] = [model(), image('image', size)];
        return timed(() => network.logits(x));
      },
    },
    {
      name: names.gradient(size),
      prepare() {
        const [network, x] = [model(), image('image', size)];
        const gradient = tf.grad((at: Tensor) =>
          tf.sum(tf.slice(network.logits(at as Tensor4D), [0, 7], [1, 1])),
        );
        return timed(() => gradient(x));
      },
    },
  ];
}

/** A loss on the network's features at 192 pixels, the size of the course's style transfer, and its gradient. */
function lossWorkload(
  name: string,
  makeLoss: (network: Classifier, style: Tensor4D[]) => (x: Tensor4D) => Tensor,
): Workload {
  return {
    name: `${name} and its gradient 192`,
    prepare() {
      const network = model();
      const x = image('image', 192);
      const loss = makeLoss(network, network.features(image('style', 192)));
      const gradient = tf.grad((at: Tensor) => loss(at as Tensor4D));
      return timed(() => gradient(x));
    },
  };
}

const styleLayers = [1, 4, 6, 7];

const losses: Workload[] = [
  lossWorkload(
    'content loss',
    (network, style) => (x) => contentLoss(5e-2, network.features(x)[3], style[3]),
  ),
  lossWorkload('style loss', (network, style) => {
    const targets = styleLayers.map((layer) => gramMatrix(style[layer]));
    return (x) => styleLoss(network.features(x), styleLayers, targets, [20000, 500, 12, 1]);
  }),
  lossWorkload('total variation loss', () => (x) => tvLoss(x, 5e-2)),
];

const filterGradient: Workload = {
  name: 'filter gradient 3x3, 64 to 64 channels, 4x56x56',
  beyondStock: true,
  prepare() {
    const x = tf.tensor4d(randomStream('x').normals(4 * 56 * 56 * 64), [4, 56, 56, 64]);
    const filter = tf.tensor4d(randomStream('filter').normals(9 * 64 * 64), [3, 3, 64, 64]);
    const gradient = tf.grad((weights: Tensor) => tf.sum(tf.conv2d(x, weights as Tensor4D, 1, 'same')));
    return timed(() => gradient(filter));
  },
};

/** One epoch of a small network on 256 pictures of 32 pixels in batches of 32, plain gradient descent. */
const epoch: Workload = {
  name: 'training epoch of a small CNN',
  beyondStock: true,
  prepare() {
    const stream = randomStream('epoch');
    const shapes: [number, number, number, number][] = [
      [3, 3, 3, 16],
      [3, 3, 16, 32],
    ];
    const filters = shapes.map((shape) =>
      tf.variable(tf.tensor(stream.normals(tf.util.sizeFromShape(shape), 0, 0.1), shape)),
    );
    const dense = tf.variable(tf.tensor2d(stream.normals(8 * 8 * 32 * 10, 0, 0.05), [8 * 8 * 32, 10]));
    const batches = Array.from({ length: 8 }, () => ({
      images: tf.tensor4d(stream.normals(32 * 32 * 32 * 3), [32, 32, 32, 3]),
      labels: tf.oneHot(
        Array.from({ length: 32 }, () => stream.integer(0, 9)),
        10,
      ),
    }));
    const optimizer = tf.train.sgd(0.01);
    return async () => {
      for (const { images, labels } of batches) {
        optimizer.minimize(() => {
          const hidden = filters.reduce(
            (x, filter) => tf.maxPool(tf.relu(tf.conv2d(x, filter as Tensor4D, 1, 'same')), 2, 2, 'valid'),
            images,
          );
          return tf.losses.softmaxCrossEntropy(labels, tf.matMul(tf.reshape(hidden, [32, -1]), dense));
        });
      }
      await dense.data();
    };
  },
};

export const workloads: readonly Workload[] = [
  ...networkWorkloads(224),
  ...networkWorkloads(64),
  ...losses,
  filterGradient,
  epoch,
];
