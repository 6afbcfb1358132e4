import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';

/** The two published networks; 1.1 pools earlier and is 2.4 times cheaper. */
export type SqueezenetVersion = '1.0' | '1.1';

/** What the weights themselves do not tell about a network. */
export interface SqueezenetOptions {
  readonly version: SqueezenetVersion;
  readonly name: string;
  /** One name per class, in the order of the logits. */
  readonly classNames: readonly string[];
  /** Height and width in pixels that the network was trained at; it takes any size from 17 pixels. */
  readonly inputSize: number;
}

type ModuleKind = 'convolution' | 'relu' | 'pool' | 'fire';
type Relu = (x: Tensor) => Tensor;
type Layer = (x: Tensor4D, relu: Relu) => Tensor4D;

/** The modules of torchvision's `features`, by index. */
export const squeezenetModules: Readonly<Record<SqueezenetVersion, readonly ModuleKind[]>> = {
  '1.0': 'convolution relu pool fire fire fire pool fire fire fire fire pool fire'.split(' ') as ModuleKind[],
  '1.1': 'convolution relu pool fire fire pool fire fire pool fire fire fire fire'.split(' ') as ModuleKind[],
};

const smallest = -3e38;

/**
 * Rounded up, so that the last rows and columns count too (PyTorch's `ceil_mode=True`): where a side is even, the
 * last window hangs out by one. Padded apart, because tfjs-node pools without explicit padding.
 */
function maxPool(x: Tensor4D): Tensor4D {
  const overhang = (side: number): [number, number] => [0, side % 2 === 0 ? 1 : 0];
  const [, height, width] = x.shape;
  const isOdd = height % 2 === 1 && width % 2 === 1;
  const whole = isOdd ? x : tf.pad(x, [[0, 0], overhang(height), overhang(width), [0, 0]], smallest);
  return tf.maxPool(whole, 3, 2, 'valid');
}

/**
 * SqueezeNet (Iandola et al. 2016, "AlexNet-level accuracy with 50x fewer parameters") of any width behind
 * {@link Classifier}, its features numbered 0 to 12 like the modules of torchvision's `features`.
 *
 * A *fire* module squeezes its input to few channels with a 1x1 convolution, then expands it with 1x1 and 3x3
 * convolutions side by side; a ReLU follows each. The classifier is a 1x1 convolution to one map per class, a
 * ReLU and the mean over the map, so that scores are never negative.
 *
 * @param weights By torchvision's names (`features.0.weight`, `features.3.squeeze.weight`,
 *   `features.3.expand3x3.bias`, `classifier.1.weight`, ...); convolutions as `[height, width, in, out]`, which
 *   also say how wide the network is. They stay the caller's to dispose of.
 * @throws Error naming the first weight that is missing or does not fit, or when the names of the classes are
 *   not as many as the scores.
 */
export function squeezenet(weights: NamedTensorMap, options: SqueezenetOptions): Classifier {
  const { version, name, classNames, inputSize } = options;

  const convolution = (layer: string, { stride = 1, pad = 'valid' as 'valid' | 'same' } = {}) => {
    const filter = weights[`${layer}.weight`] as Tensor4D | undefined; // [height, width, in, out]
    const bias = weights[`${layer}.bias`] as Tensor1D | undefined; // [out]
    if (filter === undefined || bias === undefined) {
      throw new Error(`${name}: the weights lack ${layer}.${filter === undefined ? 'weight' : 'bias'}`);
    }
    if (filter.rank !== 4 || bias.rank !== 1 || bias.shape[0] !== filter.shape[3]) {
      throw new Error(
        `${name}: ${layer} must have a weight [height, width, in, out] and a bias [out], ` +
          `got [${filter.shape}] and [${bias.shape}]`,
      );
    }
    return (x: Tensor4D): Tensor4D => tf.conv2d(x, filter, stride, pad).add(bias);
  };

  const fire = (layer: string): Layer => {
    const squeeze = convolution(`${layer}.squeeze`);
    const expand1x1 = convolution(`${layer}.expand1x1`);
    const expand3x3 = convolution(`${layer}.expand3x3`, { pad: 'same' });
    return (x, relu) => {
      const squeezed = relu(squeeze(x)) as Tensor4D; // [N, h, w, s]
      const expanded = [relu(expand1x1(squeezed)), relu(expand3x3(squeezed))] as Tensor4D[]; // [N, h, w, e] each
      return tf.concat(expanded, 3); // [N, h, w, 2e]
    };
  };

  const layers = squeezenetModules[version].map((kind, index): Layer => {
    switch (kind) {
      case 'convolution':
        return convolution(`features.${index}`, { stride: 2 });
      case 'relu':
        return (x, relu) => relu(x) as Tensor4D;
      case 'pool':
        return maxPool;
      case 'fire':
        return fire(`features.${index}`);
    }
  });
  const scoreMaps = convolution('classifier.1');
  const classes = weights['classifier.1.bias'].shape[0];
  if (classNames.length !== classes) {
    throw new Error(`${name}: ${classes} scores, but ${classNames.length} class names`);
  }

  /** From the activation after module `index` to the logits. */
  const finish = (activation: Tensor4D, index: number, relu: Relu): tf.Tensor2D => {
    let x = activation;
    for (const layer of layers.slice(index + 1)) x = layer(x, relu); // [N, h, w, c]
    return relu(scoreMaps(x)).mean<tf.Tensor2D>([1, 2]); // [N, h, w, classes] -> [N, classes]
  };
  const checkImages = (x: Tensor4D): void => {
    if (x.rank !== 4 || x.shape[3] !== 3 || x.shape[1] < 17 || x.shape[2] < 17) {
      throw new Error(
        `${name}: images must have shape [N, H, W, 3] with H and W at least 17, got [${x.shape}]`,
      );
    }
  };

  return {
    name,
    inputSize,
    classNames,
    logits(x: Tensor4D, { relu = tf.relu } = {}) {
      checkImages(x);
      return tf.tidy(() => finish(x, -1, relu));
    },
    features(x: Tensor4D) {
      checkImages(x);
      return tf.tidy(() => {
        const activations: Tensor4D[] = [];
        let activation = x;
        for (const layer of layers) activations.push((activation = layer(activation, tf.relu)));
        return activations;
      });
    },
    fromFeatures(activation: Tensor4D, index) {
      if (!Number.isInteger(index) || index < 0 || index >= layers.length) {
        throw new Error(`${name}: there is no feature ${index}; they are numbered 0 to ${layers.length - 1}`);
      }
      return tf.tidy(() => finish(activation, index, tf.relu));
    },
  };
}
