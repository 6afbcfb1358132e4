import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { numberedClasses } from './numbered-classes.ts';

/**
 * A fully connected network of two layers: `h = relu(W I + b)`, `s_y = sum over j of h_j * V[j, y] + c[y]`.
 *
 * The smallest network in which a ReLU gates the gradient: that of score `y` with respect to the image is
 * `sum over j with h_j > 0 of V[j, y] * W[..., j]`; guided backpropagation keeps of these only the `j` with
 * `V[j, y] > 0`. The only feature (index 0) is `h`, with shape `[N, 1, 1, hidden]`.
 *
 * @param hidden `[H, W, channels, hidden]`; images must be H by W.
 * @param output `[hidden, classes]`.
 * @param hiddenBias `[hidden]`; default: none.
 * @param outputBias `[classes]`; default: none.
 * @throws Error when the two shapes do not fit each other.
 */
export function twoLayerRelu(
  hidden: Tensor4D,
  output: Tensor2D,
  hiddenBias?: Tensor1D,
  outputBias?: Tensor1D,
): Classifier {
  if (hidden.rank !== 4 || output.rank !== 2 || hidden.shape[3] !== output.shape[0]) {
    throw new Error(
      'twoLayerRelu: expected hidden [H, W, channels, hidden] and output [hidden, classes], ' +
        `got [${hidden.shape}] and [${output.shape}]`,
    );
  }
  const [height, width, channels, units] = hidden.shape;

  const activate = (image: Tensor4D, relu: (x: tf.Tensor) => tf.Tensor): Tensor4D =>
    tf.tidy(() => {
      const flat = image.reshape([image.shape[0], height * width * channels]); // [N, H*W*C]
      const sums = flat.matMul(hidden.reshape([height * width * channels, units])); // [N, hidden]
      const activation = relu(hiddenBias === undefined ? sums : sums.add(hiddenBias)); // [N, hidden]
      return activation.reshape([image.shape[0], 1, 1, units]) as Tensor4D; // [N, 1, 1, hidden]
    });
  const score = (activation: Tensor4D): Tensor2D =>
    tf.tidy(() => {
      const scores = activation.reshape([activation.shape[0], units]).matMul(output); // [N, classes]
      return (outputBias === undefined ? scores : scores.add(outputBias)) as Tensor2D;
    });

  return {
    name: 'two-layer ReLU',
    inputSize: height,
    classNames: numberedClasses(output.shape[1]),
    logits: (x: Tensor4D, { relu = tf.relu } = {}) => tf.tidy(() => score(activate(x, relu))),
    features: (x: Tensor4D) => [activate(x, tf.relu)],
    fromFeatures(activation: Tensor4D, index) {
      if (index !== 0) {
        throw new Error(
          `two-layer ReLU: there is no feature ${index}; its only feature is 0, the hidden layer`,
        );
      }
      return score(activation);
    },
  };
}
