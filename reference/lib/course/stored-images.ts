import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor4D } from '@tensorflow/tfjs';
import { preprocess } from '../picture/preprocess.ts';

/**
 * Some of the pictures that a course has in a file, as a network takes them: preprocessed, `[N, H, W, 3]`.
 *
 * @param stored pixels in [0, 1] by name, each `[1, H, W, 3]`.
 * @param names those that are wanted, all of one size.
 */
export function storedImages(stored: NamedTensorMap, names: readonly string[]): Tensor4D {
  return tf.tidy(() => preprocess(tf.concat(names.map((name) => stored[name]))));
}

/** Batches one after the other: `[n, ...]` and `[m, ...]` to `[n + m, ...]`. */
export function joined(batches: readonly Tensor[]): Tensor {
  return tf.concat([...batches]);
}

/** The image without features that a content loss is compared with: zeros of the shape of another image. */
export function blankLike(image: Tensor4D): Tensor4D {
  return tf.zerosLike(image);
}
