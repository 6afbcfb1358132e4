import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';

/** The activation of one layer, `[N, h, w, c]`: what two pictures of the same content have in common. */
export function activationAt(images: Tensor4D, model: Classifier, layer: number): Tensor4D {
  return tf.tidy(() => model.features(images)[layer]);
}

/** The activations of all layers up to one, each `[N, h, w, c]`. */
export function activationsUpTo(images: Tensor4D, model: Classifier, layer: number): Tensor4D[] {
  return tf.tidy(() => model.features(images).slice(0, layer + 1));
}

/**
 * Mean and standard deviation of every channel over the positions, of several layers: what two pictures of the same
 * style have in common (Li et al., "Demystifying Neural Style Transfer", IJCAI 2017). It is another measure of style
 * than the one that style transfer minimizes.
 *
 * @param images one image, `[1, H, W, 3]`.
 * @returns for each layer the means of its channels, then their deviations, one after the other.
 */
export function channelStatistics(images: Tensor4D, model: Classifier, layers: readonly number[]): Tensor1D {
  return tf.tidy(() => {
    const features = model.features(images); // each [1, h, w, c]
    const statistics = layers.map((layer) => {
      const { mean, variance } = tf.moments(features[layer], [0, 1, 2]); // each [c]
      return tf.concat([mean as Tensor1D, variance.sqrt() as Tensor1D]); // [2c]
    });
    return tf.concat(statistics);
  });
}
