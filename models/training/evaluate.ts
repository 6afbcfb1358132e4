import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { shapeBatch } from '../../reference/lib/shapes/shape-batch.ts';
import { projectedGradientDescent } from './attack.ts';
import type { Attack } from './attack.ts';

export interface Evaluation {
  /** Share of pictures whose highest score is their class's. */
  readonly accuracy: number;
  /** `confusion[actual][predicted]`: numbers of pictures. */
  readonly confusion: readonly (readonly number[])[];
}

export interface EvaluationOptions {
  /** Stream of pictures. */
  readonly seed: string;
  readonly pictures: number;
  readonly size: number;
  /** Default: none, pictures as they were drawn. */
  readonly attack?: Attack | undefined;
}

const batch = 50;

/** Classifies fresh pictures, each attacked first where an attack is given. */
export function evaluate(model: Classifier, { seed, pictures, size, attack }: EvaluationOptions): Evaluation {
  const classes = model.classNames.length;
  const confusion = model.classNames.map(() => Array.from({ length: classes }, () => 0));
  const random = randomStream(`${seed}/attack`);
  for (let start = 0; start < pictures; start += batch) {
    const count = Math.min(batch, pictures - start);
    const drawn = shapeBatch({ seed, start, count, size });
    const predicted = tf.tidy(() => {
      let pixels: Tensor4D = tf.tensor4d(drawn.images, [count, size, size, 3]);
      if (attack !== undefined) {
        const targets = tf.oneHot(drawn.labels, classes).toFloat() as tf.Tensor2D;
        pixels = projectedGradientDescent(model, { pixels, targets }, attack, random.derive(start));
      }
      return model.logits(preprocess(pixels)).argMax(1).dataSync();
    });
    for (const [i, actual] of drawn.labels.entries()) confusion[actual][predicted[i]]++;
  }
  const right = confusion.reduce((sum, row, actual) => sum + row[actual], 0);
  return { accuracy: right / pictures, confusion };
}
