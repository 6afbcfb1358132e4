import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { preprocess } from '../picture/preprocess.ts';
import { shapeBatch } from './shape-batch.ts';
import type { ShapeBatchOptions } from './shape-batch.ts';

/** Pictures of a stream as a network takes them: preprocessed, `[N, size, size, 3]`. */
export function shapeImages(options: ShapeBatchOptions): Tensor4D {
  const { images } = shapeBatch(options);
  const { count, size } = options;
  return tf.tidy(() => preprocess(tf.tensor4d(images, [count, size, size, 3])));
}
