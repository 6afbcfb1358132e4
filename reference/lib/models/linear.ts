import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { numberedClasses } from './numbered-classes.ts';

/**
 * A linear classifier: `s_y(I) = sum over h, w, c of W[h, w, c, y] * I[h, w, c] + b[y]`.
 *
 * Its explanations can be read off its weights: the gradient of score `y` with respect to the image is
 * `W[..., y]`, whatever the image. It has no ReLU, so {@link ForwardOptions.relu} changes nothing, and its only
 * feature (index 0) is the image itself.
 *
 * @param weights `[H, W, channels, classes]`; images must be H by W.
 * @param bias `[classes]`; default: none.
 * @throws Error when the weights do not have rank 4.
 */
export function linearClassifier(weights: Tensor4D, bias?: Tensor1D): Classifier {
  if (weights.rank !== 4) {
    throw new Error(
      `linearClassifier: weights must have shape [H, W, channels, classes], got [${weights.shape}]`,
    );
  }
  const [height, width, channels, classes] = weights.shape;

  const score = (image: Tensor4D): tf.Tensor2D =>
    tf.tidy(() => {
      const flat = image.reshape([image.shape[0], height * width * channels]); // [N, H*W*C]
      const scores = flat.matMul(weights.reshape([height * width * channels, classes])); // [N, classes]
      return (bias === undefined ? scores : scores.add(bias)) as tf.Tensor2D;
    });

  return {
    name: 'linear',
    inputSize: height,
    classNames: numberedClasses(classes),
    logits: score,
    features: (x: Tensor4D) => [x.clone()],
    fromFeatures(activation: Tensor4D, index) {
      if (index !== 0)
        throw new Error(`linear: there is no feature ${index}; its only feature is 0, the image`);
      return score(activation);
    },
  };
}
