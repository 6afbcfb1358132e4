import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { integratedGradients } from '../../reference/parts/attribution/attribution.ts';
import { completenessGap } from '../../reference/parts/attribution/completeness.ts';
import type { ChosenPicture } from './course-pictures.ts';

/** As the cases ask for. */
const STEPS = 48;
/** The middle of the way alone must be so many times less complete, or completeness tells nothing. */
const LEAST_WORSE = 4;

/** How far the attributions of each picture are from complete, in magnitude. */
function gaps(model: Classifier, pictures: readonly ChosenPicture[], steps: number): number[] {
  return pictures.map(({ raster, label }) =>
    tf.tidy(() => {
      const image = preprocess(toPixels([raster]));
      const labels = tf.tensor1d([label], 'int32');
      const integrated = integratedGradients(image, labels, model, { steps });
      return Math.abs(completenessGap(integrated, image, labels, model).dataSync()[0]);
    }),
  );
}

/**
 * How far from complete attributions may be: between what the reference leaves, and what the middle of the way alone does.
 * @throws Error: a sentence where these are not apart
 */
export function tryCompleteness(models: readonly Classifier[], pictures: readonly ChosenPicture[]): number {
  const whole = models.flatMap((model) => gaps(model, pictures, STEPS));
  // A case has two pictures, of which the worse one decides.
  const middle = models.map((model) => gaps(model, pictures, 1).toSorted((a, b) => a - b)[1]);
  const [left, worse] = [Math.max(...whole), Math.min(...middle)];
  if (worse > LEAST_WORSE * left) return Number(Math.sqrt(left * worse).toPrecision(2));
  throw new Error(
    `a pair of networks needs integrated gradients that ${STEPS} steps make complete; here they are off by ${left.toPrecision(2)} of the score, a single step by ${worse.toPrecision(2)}`,
  );
}
