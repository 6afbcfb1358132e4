import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { deprocess } from '../picture/preprocess.ts';

/** A preprocessed image `[1, H, W, 3]` as it is shown: pixels `[H, W, 3]` clipped to [0, 1]. */
export function stylizedPicture(image: Tensor4D): Tensor3D {
  return tf.tidy(() => tf.clipByValue(deprocess(image), 0, 1).squeeze<Tensor3D>([0]));
}
