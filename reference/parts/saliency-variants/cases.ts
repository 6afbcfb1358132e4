import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise, type Size } from '../../cases/inputs.ts';
import { convolutionModel, embedded, linearModel, type SmallModel } from '../../cases/models.ts';
import { shapesOf } from '../../cases/pictures.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import type { SaliencyVariantOptions } from './contract.ts';
import { saliencyVariants } from './names.ts';

const { solution, figure } = saliencyVariants;

type Variants = Readonly<Record<string, SaliencyVariantOptions>>;

/** One call for each variant, by the variant's name. */
const callsOf = (variants: Variants, images: Argument, model: Argument, options?: CallOptions): Call[] =>
  Object.entries(variants).map(([name, variant]) =>
    solution.call(name, 'saliencyVariant', [images, { tensor: 'labels' }, model, { json: variant }], options),
  );

function smallCase(
  labels: readonly number[],
  size: Size,
  { model, weights }: SmallModel,
  variants: Variants,
): CaseRecipe {
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: callsOf(variants, { tensor: 'images' }, model, { observe: true }),
  });
}

/** The embedded network on drawn shapes. */
function networkCase(
  labels: readonly number[],
  side: number,
  variants: Variants,
  { drawn }: { readonly drawn: boolean },
): CaseRecipe {
  return ({ seed }) => {
    const images = shapesOf(labels, { seed, size: side });
    const rows = Object.entries(variants).map(([name, { sign }]) => ({
      record: {
        label: { json: name },
        maps: result(name),
        as: { json: sign === 'signed' ? 'signed' : 'magnitude' },
      },
    }));
    const classNames = { json: labels.map((label) => `class ${label}`) };
    const picture = figure.call('picture', 'saliencyVariantsPicture', [images, classNames, { list: rows }]);
    return {
      inputs: { labels: integers(labels) },
      calls: callsOf(variants, images, embedded('standard')),
      derived: drawn ? [picture] : [],
    };
  };
}

const publicNoise = { samples: 4, deviation: 0.6, seed: 'public noise' };
const fainterNoise = { ...publicNoise, deviation: 0.35 };

export function saliencyVariantsCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(saliencyVariants, seed);
  return [
    // Gradients of a linear model are its weights, those of probabilities a mixture of them.
    publicCase(
      'linear',
      smallCase([2, 0], [6, 6], linearModel(4, 0.15), {
        absolute: {},
        signed: { sign: 'signed' },
        softmax: { output: 'softmax' },
        'log-softmax': { output: 'log-softmax', sign: 'signed' },
        threshold: { threshold: 0.5 },
      }),
    ),
    // With a ReLU the gradient changes from place to place of the image, so noise makes a difference.
    publicCase(
      'smoothed',
      smallCase([1, 2], [10, 10], convolutionModel(3), {
        plain: { sign: 'signed' },
        smoothed: { sign: 'signed', smoothing: publicNoise },
      }),
    ),
    publicCase(
      'network',
      networkCase(
        [1, 4],
        64,
        {
          absolute: {},
          signed: { sign: 'signed' },
          smoothed: { smoothing: fainterNoise },
          threshold: { smoothing: fainterNoise, threshold: 0.4 },
        },
        { drawn: true },
      ),
    ),
    privateCase(
      'outputs-batch',
      smallCase([4, 1, 3], [5, 8], linearModel(5, 0.15), {
        softmax: { output: 'softmax', sign: 'signed' },
        'log-softmax': { output: 'log-softmax' },
        threshold: { sign: 'signed', threshold: 0.7 },
      }),
    ),
    privateCase(
      'smoothed-batch',
      smallCase([3, 0, 2], [9, 13], convolutionModel(4), {
        smoothed: { smoothing: { samples: 5, deviation: 0.8, seed: 'private noise' } },
        everything: {
          output: 'log-softmax',
          sign: 'signed',
          smoothing: { samples: 3, deviation: 0.5, seed: 'other noise' },
          threshold: 0.3,
        },
      }),
    ),
    privateCase(
      'flat',
      smallCase([0, 1], [4, 4], linearModel(2, 0), {
        thresholded: { output: 'log-softmax', threshold: 0.5 },
      }),
    ),
    privateCase(
      'network-batch',
      networkCase(
        [7, 0, 9],
        72,
        {
          probability: { output: 'softmax', sign: 'signed' },
          smoothed: {
            output: 'log-softmax',
            smoothing: { samples: 6, deviation: 0.3, seed: 'network noise' },
            threshold: 0.25,
          },
        },
        { drawn: false },
      ),
    ),
  ];
}
