import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { floats, integers } from '../../../grader/format/literals.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise, type Size } from '../../cases/inputs.ts';
import { linearModel, type SmallModel } from '../../cases/models.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import type { SaliencyVariantOptions } from './contract.ts';
import { saliencyVariants } from './names.ts';

const { solution } = saliencyVariants;

/** The images of a case, where they are its inputs. */
const images: Argument = { tensor: 'images' };

export type Variants = Readonly<Record<string, SaliencyVariantOptions>>;

/** One call for each variant, by the variant's name. */
export const callsOf = (
  variants: Variants,
  pictures: Argument,
  model: Argument,
  { labels = 'labels', ...options }: CallOptions & { readonly labels?: string } = {},
): Call[] =>
  Object.entries(variants).map(([name, variant]) =>
    solution.call(name, 'saliencyVariant', [pictures, { tensor: labels }, model, { json: variant }], options),
  );

export function smallCase(
  labels: readonly number[],
  size: Size,
  { model, weights }: SmallModel,
  variants: Variants,
): CaseRecipe {
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: callsOf(variants, images, model, { observe: true }),
  });
}

/** Gradients of a linear model are its weights, those of probabilities a mixture of them. */
export function linearCase(
  labels: readonly number[],
  { variants, others }: { readonly variants: Variants; readonly others: readonly number[] },
): CaseRecipe {
  const size: Size = [6, 6];
  const { model, weights } = linearModel(4, 0.15);
  return ({ stream }) => ({
    inputs: {
      ...labelledNoise(stream, labels, size),
      otherLabels: integers(others),
      ...weights(stream, size),
    },
    calls: [
      ...callsOf(variants, images, model, { observe: true }),
      ...callsOf({ 'other-classes': {} }, images, model, { labels: 'otherLabels' }),
    ],
  });
}

/** A linear model whose maps have values of exactly the threshold, each class in one channel of its own. */
export const boundaryCase: CaseRecipe = ({ stream }) => {
  const maps = [
    [1, 0.5, -0.5, 0.375, 0.625, -0.25, 0.75, -1],
    [-2, 1, 0.5, -1, 2, 0.25, -0.5, 1.5],
  ];
  const weights = maps[0].flatMap((_, pixel) =>
    [0, 1, 2].flatMap((channel) => maps.map((map, label) => (channel === label + 1 ? map[pixel] : 0))),
  );
  const { model } = linearModel(maps.length);
  return {
    inputs: { ...labelledNoise(stream, [0, 1], [2, 4]), weights: floats([2, 4, 3, maps.length], weights) },
    calls: callsOf({ half: { threshold: 0.5 }, whole: { sign: 'signed', threshold: 1 } }, images, model),
  };
};
