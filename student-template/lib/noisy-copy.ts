import * as tf from '@tensorflow/tfjs';
import { randomStream } from './random.ts';
import type { Smoothing } from '../contract/saliency-variants.ts';

/**
 * One of the noisy copies of some images: each value plus normal noise of its own.
 *
 * @param images `[N, H, W, C]`
 * @param sample which copy, from 0; each has other noise
 */
export function noisyCopy(images: tf.Tensor4D, sample: number, { deviation, seed }: Smoothing): tf.Tensor4D {
  const noise = randomStream(seed).derive(sample).normals(images.size, 0, deviation);
  return tf.tidy(() => images.add<tf.Tensor4D>(tf.tensor4d(noise, images.shape))); // [N, H, W, C]
}
