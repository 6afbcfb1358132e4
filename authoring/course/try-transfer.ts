import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import type { TransferOptions } from '../../reference/cases/roles.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { activationAt, channelStatistics } from '../../reference/lib/style-transfer/feature-statistics.ts';
import {
  courseSettings,
  isCourseNetwork,
  relativeSettings,
  type Weighting,
} from '../../reference/parts/style-transfer/settings.ts';
import { styleTransfer, styleTransferTargets } from '../../reference/parts/style-transfer/style-transfer.ts';
import { weightsFor } from '../../reference/parts/style-transfer/weights-for.ts';
import type { Tried } from './course-roles.ts';
import { SCENE_SIZES, storedName } from './given-data.ts';

/** The document's first steps: large ones, the decay of the rate, the end of the clipping. */
const SHORT = { steps: 4, decayFrom: 2, clampUntil: 3 };
/** A run to the end that half a processor has time for; the document's rate of 3 takes more steps to settle. */
const WHOLE = { steps: 40, decayFrom: 30, clampUntil: 35 };
const WHOLE_RATE = 0.3;
/** Of a run that tells nothing: the loss must fall, style and content must part from those of the other image. */
const WORST = { loss: 0.7, style: 0.7, content: 0.1 };

const imageOf = (raster: Raster): Tensor4D => tf.tidy(() => preprocess(toPixels([raster])));

const rounded = (value: number): number => Number(value.toPrecision(2));

/** A setting's weights for two images: the document's own, or those that its relative units mean here. */
function weighted(
  model: Classifier,
  weighting: Weighting,
  { content, style }: { readonly content: Tensor4D; readonly style: Tensor4D },
): TransferOptions {
  if (isCourseNetwork(model)) return weighting;
  const targets = styleTransferTargets(content, style, model, weighting);
  const ofContent = styleTransferTargets(content, content, model, weighting);
  const weights = weightsFor(weighting, { targets, ofContent, size: content.size });
  tf.dispose([targets, ofContent]);
  return {
    ...weights,
    contentWeight: rounded(weights.contentWeight),
    styleWeights: weights.styleWeights.map(rounded),
    tvWeight: rounded(weights.tvWeight),
  };
}

const distance = (a: Tensor1D, b: Tensor1D): number =>
  tf.tidy(() => a.sub(b).norm().div(b.norm()).dataSync()[0]);

function correlation(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => {
    const [x, y] = [a, b].map((one) => one.sub(one.mean()));
    return x.mul(y).sum().div(x.norm().mul(y.norm())).dataSync()[0];
  });
}

/** Takes a run to its end and sets bounds between what it reaches and what images do that are no result of one. */
function boundsOf(
  model: Classifier,
  options: TransferOptions,
  { content, style }: { readonly content: Tensor4D; readonly style: Tensor4D },
): Tried['whole']['bounds'] {
  const { image, losses } = styleTransfer(content, style, model, options);
  const statistics = (of: Tensor4D): Tensor1D => channelStatistics(of, model, options.styleLayers);
  const contentOf = (of: Tensor4D): Tensor4D => activationAt(of, model, options.contentLayer);
  // The style image has another size: it is resized to that of the content image.
  const [, height, width] = content.shape;
  const reached = tf.tidy(() => {
    const other = tf.image.resizeBilinear(style, [height, width]) as Tensor4D;
    return {
      loss: losses[losses.length - 1] / losses[0],
      style: distance(statistics(image), statistics(style)),
      styleWithout: distance(statistics(content), statistics(style)),
      content: correlation(contentOf(image), contentOf(content)),
      contentWithout: correlation(contentOf(other), contentOf(content)),
    };
  });
  image.dispose();
  const refuse = (what: string): never => {
    throw new Error(`a course needs a style transfer that can be told from none; on ${model.name} ${what}`);
  };
  if (!(reached.loss < WORST.loss))
    refuse(`the loss only falls to ${reached.loss.toFixed(2)} of the first one`);
  if (!(reached.style < WORST.style * reached.styleWithout))
    refuse(
      `the style only comes as near as ${reached.style.toFixed(2)}, from ${reached.styleWithout.toFixed(2)}`,
    );
  if (!(reached.content > reached.contentWithout + WORST.content))
    refuse(`the content is kept no better (${reached.content.toFixed(2)}) than by the style image`);
  const { schedule } = options;
  const settling = (schedule.steps - schedule.clampUntil + 1) * schedule.decayedRate;
  return {
    loss: rounded(Math.sqrt(reached.loss)),
    range: rounded(schedule.limit + 1.5 * settling),
    style: rounded((reached.style + reached.styleWithout) / 2),
    content: rounded((reached.content + reached.contentWithout) / 2),
  };
}

/** The settings of the graded style transfers on a network. @throws Error: a sentence where none tells anything */
export function tryTransfer(
  model: Classifier,
  scenes: ReadonlyMap<string, Raster>,
): Pick<Tried, 'short' | 'layers' | 'whole'> {
  const { large, small } = SCENE_SIZES;
  const image = (name: string): Tensor4D => imageOf(scenes.get(name)!);
  const settings = isCourseNetwork(model) ? courseSettings : relativeSettings(large);
  const [first, , last] = settings.map(({ weighting }) => weighting);
  const withSchedule = (weighting: Weighting, change: object): Weighting => ({
    ...weighting,
    schedule: { ...weighting.schedule, ...change },
  });
  const inPair = (
    weighting: Weighting,
    names: readonly [content: string, style: string],
  ): { options: TransferOptions; pair: { content: Tensor4D; style: Tensor4D } } => {
    const pair = { content: image(names[0]), style: image(names[1]) };
    return { options: weighted(model, weighting, pair), pair };
  };
  const short = inPair(withSchedule(last, SHORT), [storedName.content(large), storedName.style(2, large)]);
  const rate = Math.min(WHOLE_RATE, first.schedule.learningRate);
  const whole = inPair(withSchedule(first, { ...WHOLE, learningRate: rate }), [
    storedName.content(small),
    storedName.style(0, large),
  ]);
  // Three layers, out of order.
  const [a, b, c] = first.styleLayers.map((layer, i) => [layer, first.styleWeights[i]] as const);
  const shuffled = { ...first, styleLayers: [c[0], a[0], b[0]], styleWeights: [c[1], a[1], b[1]] };
  const layers = inPair(shuffled, [storedName.content(small), storedName.style(0, small)]);
  const bounds = boundsOf(model, whole.options, whole.pair);
  tf.dispose([short.pair, whole.pair, layers.pair]);
  return { short: short.options, layers: layers.options, whole: { options: whole.options, bounds } };
}
