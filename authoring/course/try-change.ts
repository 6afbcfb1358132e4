import * as tf from '@tensorflow/tfjs';
import type { ChangeOptions } from '../../reference/cases/pair-role.ts';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { minimalChange } from '../../reference/parts/minimal-change/minimal-change.ts';
import type { ChosenMistake } from './course-mistakes.ts';

/** Networks differ in how steep they are: the shortest steps that convince one are taken. */
const RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
/** Of the target at the end, so that no rounding turns the verdict. */
const LEAST_PROBABILITY = 0.6;
/** Penalties times the rate: the share of a change that is taken back in a step, halved. */
const PRICES = { first: 0.024, cheap: 0.003, dear: 0.24, robust: 0.012 } as const;
const STEPS = { first: 12, cheap: 10, dear: 10, robust: 15 } as const;
/** The rubric's bound is 0.7. */
const MOST_AT_A_HIGH_PRICE = 0.6;

type Kind = keyof typeof PRICES;

interface Tried {
  readonly options: ChangeOptions;
  readonly probability: number;
  readonly reached: boolean;
  /** Of the difference. */
  readonly norm: number;
}

function change(
  model: Classifier,
  { raster, actual }: ChosenMistake,
  [kind, rate]: readonly [Kind, number],
): Tried {
  const options = {
    penalty: Number((PRICES[kind] / rate).toPrecision(2)),
    steps: STEPS[kind],
    learningRate: rate,
  };
  const image = tf.tidy(() => preprocess(toPixels([raster])));
  const { image: changed, difference, probabilities, reached } = minimalChange(image, actual, model, options);
  const norm = tf.tidy(() => difference.norm().dataSync()[0]);
  tf.dispose([image, changed, difference]);
  return { options, probability: probabilities[probabilities.length - 1], reached, norm };
}

/** A short walk that makes a network see the other class; undefined where none of the rates does. */
export function tryChange(
  model: Classifier,
  mistake: ChosenMistake,
  kind: 'first' | 'robust',
): ChangeOptions | undefined {
  for (const rate of RATES) {
    const { options, probability, reached } = change(model, mistake, [kind, rate]);
    if (reached && probability >= LEAST_PROBABILITY) return options;
  }
  return undefined;
}

/** The same walk at a low and at a high price, of which the second one keeps nearer; undefined where there is none. */
export function tryPrices(
  model: Classifier,
  mistake: ChosenMistake,
): { readonly cheap: ChangeOptions; readonly dear: ChangeOptions } | undefined {
  for (const rate of RATES) {
    const cheap = change(model, mistake, ['cheap', rate]);
    if (!cheap.reached) continue;
    const dear = change(model, mistake, ['dear', rate]);
    if (dear.norm < MOST_AT_A_HIGH_PRICE * cheap.norm) return { cheap: cheap.options, dear: dear.options };
  }
  return undefined;
}
