import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { shapeClassNames } from './shapes/shape-classes.ts';
import { streamLabel } from './shapes/draw-shape.ts';
import { shapeImages } from './shapes/shape-images.ts';

/** A picture that a model takes for something else. */
export interface Misclassified {
  /** Preprocessed, `[1, H, W, 3]`. */
  readonly image: Tensor4D;
  readonly actual: number;
  readonly predicted: number;
}

/** Of the stream of pictures that are looked through. */
export const misclassifiedSeed = 'misclassified';
const BATCH = 50;
const MAX_BATCHES = 20;

/** The first drawn shapes that a model gets wrong; none of a model that knows other classes. */
export function misclassified(model: Classifier, { count }: { count: number }): Misclassified[] {
  const found: Misclassified[] = [];
  if (model.classNames.join() !== shapeClassNames.join()) return found;
  for (let batch = 0; batch < MAX_BATCHES && found.length < count; batch++) {
    const start = batch * BATCH;
    const images = shapeImages({ seed: misclassifiedSeed, start, count: BATCH, size: model.inputSize });
    const classes = tf.tidy(() => model.logits(images).argMax(1));
    classes.dataSync().forEach((predicted, i) => {
      const actual = streamLabel(misclassifiedSeed, start + i);
      if (predicted === actual || found.length === count) return;
      found.push({ image: images.slice([i, 0, 0, 0], [1, -1, -1, -1]), actual, predicted });
    });
    tf.dispose([images, classes]);
  }
  return found;
}
