import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { integratedGradients } from '../../reference/parts/attribution/attribution.ts';
import { completenessGap } from '../../reference/parts/attribution/completeness.ts';
import { choicesOf, type ChosenPicture } from './course-pictures.ts';

/** As the cases ask for. */
const STEPS = 24;
/** Between the reference and a bound; calibration asks for as much. */
const ROOM = 3;
/** Zeros, or gradients without the difference from the baseline, are off by all of the score. */
const MOST = 0.3;
/** A picture of which so much can be told is not compared with others. */
const MUCH_WORSE = 20;
/** Each takes a hundred gradients for a class. */
const MOST_TRIED = 3;

/** One of the other pictures of a course, and the class that it is explained for. */
export interface CompletedPicture {
  readonly index: number;
  readonly label: number;
}

/** How far attributions are from complete, as shares of the score: of all steps, and of a single one. */
interface Gaps {
  readonly whole: number;
  readonly single: number;
}

const toBeTold = ({ whole, single }: Gaps): number => single / whole;

function gapsOf(model: Classifier, image: Tensor4D, label: number): Gaps {
  const gap = (steps: number): number =>
    tf.tidy(() => {
      const labels = tf.tensor1d([label], 'int32');
      const integrated = integratedGradients(image, labels, model, { steps });
      return Math.abs(completenessGap(integrated, image, labels, model).dataSync()[0]);
    });
  return { whole: gap(STEPS), single: gap(1) };
}

/** The first two pictures for whose attributions the number of steps matters much, else those for which it matters most. */
function mostTelling(
  model: Classifier,
  pictures: readonly ChosenPicture[],
  onTried: (name: string) => void,
): readonly (CompletedPicture & Gaps)[] {
  const best: (CompletedPicture & Gaps)[] = [];
  for (const [index, { raster, name }] of pictures.slice(0, MOST_TRIED).entries()) {
    const image = tf.tidy(() => preprocess(toPixels([raster])));
    const asked: (CompletedPicture & Gaps)[] = [];
    for (const label of choicesOf(model, raster)) {
      asked.push({ index, label, ...gapsOf(model, image, label) });
      if (toBeTold(asked[asked.length - 1]) > MUCH_WORSE) break;
    }
    image.dispose();
    onTried(name);
    best.push(asked.reduce((one, other) => (toBeTold(other) > toBeTold(one) ? other : one)));
    if (best.filter((one) => toBeTold(one) > MUCH_WORSE).length === 2) break;
  }
  return best.toSorted((a, b) => toBeTold(b) - toBeTold(a)).slice(0, 2);
}

/** Which pictures show that integrated gradients are complete, on each of two networks, and up to what share of the score. */
export interface Completeness {
  readonly upTo: number;
  readonly standard: readonly CompletedPicture[];
  readonly robust: readonly CompletedPicture[];
}

/**
 * Finds such pictures, with a bound: between what all steps leave and what a single one does where these are far apart,
 * else a few times what all steps leave. A network that is nearly linear on the way is nearly complete after one step.
 *
 * @throws Error: a sentence where attributions are not complete after all steps
 */
export function tryCompleteness(
  models: { readonly standard: Classifier; readonly robust: Classifier },
  pictures: readonly ChosenPicture[],
  onTried: (name: string) => void,
): Completeness {
  const standard = mostTelling(models.standard, pictures, onTried);
  const robust = mostTelling(models.robust, pictures, onTried);
  const largest = (one: readonly Gaps[], which: keyof Gaps): number =>
    Math.max(...one.map((gaps) => gaps[which]));
  const whole = Math.max(largest(standard, 'whole'), largest(robust, 'whole'));
  // The worse one of a batch decides.
  const single = Math.min(largest(standard, 'single'), largest(robust, 'single'));
  const upTo = Math.max(ROOM * whole, Math.sqrt(whole * single));
  if (!(upTo < MOST)) {
    throw new Error(
      `a pair of networks needs two pictures whose integrated gradients ${STEPS} steps make complete; the best ones are off by ${whole.toPrecision(2)} of the score`,
    );
  }
  const only = ({ index, label }: CompletedPicture): CompletedPicture => ({ index, label });
  return {
    upTo: Number(upTo.toPrecision(2)),
    standard: standard.map(only),
    robust: robust.map(only),
  };
}
