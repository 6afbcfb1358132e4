import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { gallery } from './gallery.ts';
import type { Raster } from './picture/raster.ts';
import { misclassified } from './misclassified.ts';

/** A picture, the class that a model sees in it, and another class that it might have been. */
export interface Confusion {
  /** Preprocessed, `[1, H, W, 3]`. */
  readonly image: Tensor4D;
  readonly predicted: number;
  /** The correct class where it is known, else the model's second choice. */
  readonly actual: number;
  /** Whether `actual` is the truth, so that the model is wrong. */
  readonly isMistake: boolean;
}

function firstTwoChoices(model: Classifier, image: Tensor4D): [first: number, second: number] {
  const { indices } = tf.tidy(() => tf.topk(model.logits(image), 2)); // [1, 2]
  const [first, second] = indices.dataSync();
  indices.dispose();
  return [first, second];
}

/**
 * Pictures on which to ask a model "why this class rather than that?": drawn shapes that it gets wrong. Where the
 * truth is not known, because the pictures are the student's own or the model has other classes, the question is why the
 * first choice rather than the second.
 */
export function confusions(
  model: Classifier,
  { count, pictures }: { readonly count: number; readonly pictures?: readonly Raster[] },
): Confusion[] {
  const mistakes = pictures === undefined ? misclassified(model, { count }) : [];
  if (mistakes.length > 0) return mistakes.map((mistake) => ({ ...mistake, isMistake: true }));
  const { images } = gallery(model, pictures);
  const found = tf.split(images, images.shape[0]).slice(0, count) as Tensor4D[];
  return found.map((image) => {
    const [predicted, actual] = firstTwoChoices(model, image);
    return { image, predicted, actual, isMistake: false };
  });
}
