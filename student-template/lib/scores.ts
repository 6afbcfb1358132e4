import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';

/** A model's logits of preprocessed images, `[N, classes]`. */
export function scoresOf(model: Classifier, images: Tensor4D): Tensor2D {
  return model.logits(images);
}
