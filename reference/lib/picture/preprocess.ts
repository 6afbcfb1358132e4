import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

/** Mean of red, green and blue over ImageNet, of pixels in [0, 1]. */
export const channelMean = [0.485, 0.456, 0.406] as const;

/** Standard deviation of red, green and blue over ImageNet, of pixels in [0, 1]. */
export const channelDeviation = [0.229, 0.224, 0.225] as const;

/**
 * What a network takes: pixels `[N, H, W, 3]` in [0, 1], minus the channel mean, over the deviation; values from about
 * -2.1 to 2.6, shape `[N, H, W, 3]`. Differentiable.
 */
export function preprocess(pixels: Tensor): Tensor4D {
  return tf.tidy(() => pixels.sub(tf.tensor1d([...channelMean])).div(tf.tensor1d([...channelDeviation])));
}

/**
 * The inverse of {@link preprocess}: a preprocessed image `[N, H, W, 3]` back to pixels `[N, H, W, 3]`, which are in
 * [0, 1] only where the image is valid. Differentiable.
 */
export function deprocess(images: Tensor): Tensor4D {
  return tf.tidy(() => images.mul(tf.tensor1d([...channelDeviation])).add(tf.tensor1d([...channelMean])));
}

/**
 * The nearest valid image: every value of a preprocessed image `[N, H, W, 3]` clipped to what a pixel in [0, 1]
 * becomes. Returns a new image of the same shape.
 */
export function clampToValid(images: Tensor): Tensor4D {
  return tf.tidy(() => preprocess(tf.clipByValue(deprocess(images), 0, 1)));
}
