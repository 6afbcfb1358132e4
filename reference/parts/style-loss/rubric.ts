import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed, exact } from '../../rubrics/tolerances.ts';
import { terms } from './cases.ts';
import { styleLoss } from './names.ts';

const { close, gradient, leftovers, property, tidyCode } = checksOf(styleLoss, {
  call: 'loss',
  tolerance: exact,
});

const UNNORMALIZED =
  'a Gram matrix that ignores normalize is an honest attempt; its values are judged elsewhere';
const slope = { call: 'gradient', gradient: true } as const;
const seen = { factorSeenIn: slope };
const plausibleGram = [{ case: 'gram', value: { call: 'normalized' } }];
const plausibleLoss = [{ case: 'layers', value: slope }];

/**
 * A loss is right, too, where it is that of the student's own Gram matrices: a mistake of theirs is charged where they
 * are judged. Its gradient goes through them, so a check of it is skipped then.
 */
const ofOwnGrams = (
  { layers, weights }: { readonly layers: readonly number[]; readonly weights: readonly number[] },
  from: 'own targets' | 'given targets' = 'given targets',
) => {
  const squares = layers.map((layer, i) => ({
    of: { call: `own-${layer}` },
    from: from === 'own targets' ? { call: `gram-${layer}` } : { input: `target${i}` },
    weight: weights[i],
  }));
  return { ...seen, orConsistentWith: { squares } };
};
const throughRightGrams = { requires: ['gram-explicit'] };

const inOrder =
  'Targets and weights follow the order of `layers`; `features` holds every layer of the network. Does gramMatrix pass its own checks?';
const apart = {
  form: 'One matrix of C by C for each image of the batch: [N, C, C].',
  values: 'Each image has a matrix of its own, divided by the number of values of one image.',
};

const gramRubric: readonly CheckDefinition[] = [
  close(
    'gram-by-hand',
    0.5,
    'gramMatrix gives [[10, 14], [14, 20]] on the example worked out in the handout',
    {
      case: 'by-hand',
      call: 'plain',
      hint: 'The matrix has one row and one column a channel; the sum runs over the positions.',
    },
  ),
  close('gram-plain', 0.75, 'gramMatrix without normalization is right on a feature map', {
    case: 'gram',
    call: 'plain',
  }),
  close('gram-explicit', 0.25, 'gramMatrix is divided by H*W*C when told so', {
    case: 'gram',
    call: 'explicit',
  }),
  close('gram-normalized', 0.5, 'gramMatrix is divided by H*W*C unless told otherwise', {
    case: 'gram',
    call: 'normalized',
  }),
  close('gram-batch', 0.75, 'gramMatrix keeps the images of a batch apart', {
    call: 'explicit',
    hint: apart,
  }),
  close('gram-batch-plain', 0.5, 'gramMatrix without normalization keeps the images of a batch apart', {
    case: 'gram-batch',
    call: 'plain',
    hint: apart,
  }),
  close('gram-one-channel', 0.25, 'gramMatrix is right on a map of one channel', {
    call: 'normalized',
    hint: {
      form: 'With one channel it is a matrix of 1 by 1 for each image: [N, 1, 1].',
      values: 'With one channel it is the mean of the squares of the map.',
    },
  }),
  leftovers(0.25, 'gramMatrix', {
    id: 'gram-leftovers',
    case: 'gram',
    call: 'normalized',
    plausible: plausibleGram,
    mayBeTrivial: UNNORMALIZED,
  }),
];

export const styleLossRubric = ({ words, losses }: Roles): readonly CheckDefinition[] => [
  ...gramRubric,
  close('value', 0.75, 'styleLoss is the weighted sum over the chosen layers', {
    case: 'layers',
    ...ofOwnGrams(terms.layers),
    hint: 'Does gramMatrix pass its own checks?',
  }),
  gradient('gradient', 0.75, 'styleLoss has the right gradient with respect to the features of a layer', {
    ...throughRightGrams,
    case: 'layers',
    hint: 'Does gramMatrix pass its own checks?',
  }),
  close('network', 0.5, `styleLoss is right between two pictures in ${words.network}`, {
    ...ofOwnGrams(losses.style, 'own targets'),
    hint: 'The targets here are what your own gramMatrix makes of the style picture.',
  }),
  close('layers-wide', 1.5, 'styleLoss is right for layers in any order and maps that are not square', {
    ...ofOwnGrams(terms['layers-wide']),
    hint: inOrder,
  }),
  gradient('layers-wide-gradient', 1, 'styleLoss has the right gradient for layers in any order', {
    ...throughRightGrams,
    case: 'layers-wide',
    // Two matrix products of a wide map: right solutions use up to 3.3e-7 where the gradient is nearly 0.
    tolerance: composed,
    hint: inOrder,
  }),
  property('equal', 0.5, 'styleLoss has a gradient of 0 where a Gram matrix equals its target', {
    requires: ['gradient'],
    name: 'the gradient',
    ...slope,
    holds: { property: 'statistic', of: 'norm', atMost: 1e-5 },
    hint: {
      'not-finite':
        'The derivative of a square root, and so of a norm, is not finite at 0; that of a sum of squares is.',
      values: 'Where a Gram matrix equals its target nothing is to be changed, so nothing may pull.',
    },
  }),
  close('weight-zero', 0.5, 'styleLoss leaves out a layer whose weight is 0', {
    ...ofOwnGrams(terms['weight-zero']),
    hint: `A weight of 0 is a weight like any other; it leaves the layer out. ${inOrder}`,
  }),
  leftovers(0.5, 'styleLoss', { case: 'layers', plausible: plausibleLoss }),
  tidyCode(0.25, { plausible: plausibleGram, mayBeTrivial: UNNORMALIZED }),
];
