import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { noise } from '../../cases/inputs.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { contentLoss } from '../content-loss/names.ts';
import { styleLoss } from '../style-loss/names.ts';
import { tvLoss } from '../tv-loss/names.ts';
import { styleTransfer } from './names.ts';

const weight = { number: 0.7 };
const grams = { list: [{ tensor: 'gram0' }, { tensor: 'gram1' }] };
const layers = { list: [{ tensor: 'first' }, { tensor: 'second' }] };
const styleArguments = [layers, { json: [1, 0] }, grams, { json: [2, 5] }];

/** The functions of other parts that this one calls. */
export const ownLossesCase: CaseRecipe = ({ stream }) => ({
  inputs: {
    first: noise(stream, [1, 4, 5, 3]),
    other: noise(stream, [1, 4, 5, 3]),
    second: noise(stream, [1, 3, 4, 2]),
    gram0: noise(stream, [1, 2, 2], { deviation: 0.3 }),
    gram1: noise(stream, [1, 3, 3], { deviation: 0.3 }),
  },
  calls: [
    contentLoss.solution.call('content', 'contentLoss', [weight, { tensor: 'first' }, { tensor: 'other' }], {
      gradient: { argument: 1 },
    }),
    contentLoss.solution.call('start', 'contentLoss', [weight, { tensor: 'first' }, { tensor: 'first' }], {
      gradient: { argument: 1 },
    }),
    styleLoss.solution.call('gram', 'gramMatrix', [{ tensor: 'first' }]),
    styleLoss.solution.call('style', 'styleLoss', styleArguments, { gradient: { argument: 0, path: [1] } }),
    tvLoss.solution.call('variation', 'tvLoss', [{ tensor: 'first' }, weight], {
      gradient: { argument: 0 },
    }),
  ],
});

const { close, gradient, property } = checksOf(styleTransfer, { tolerance: exact });
const right = (name: string): string =>
  `your ${name}, which this builds on, is right (it is judged in its own part)`;
const place = { case: 'losses', hint: 'The checks of its own part say what is wrong.' };

/** No points: a mistake in another part is charged there, and here what builds on it is skipped with the cause. */
export const ownLossesRubric: readonly CheckDefinition[] = [
  gradient('own-content-loss', 0, right('contentLoss'), { ...place, call: 'content' }),
  property('own-content-loss-at-start', 0, `${right('contentLoss')} where the image is the content image`, {
    ...place,
    call: 'start',
    gradient: true,
    name: 'the gradient',
    holds: { property: 'statistic', of: 'norm', atMost: 1e-6 },
    hint: {
      'not-finite':
        'A style transfer starts at the content image, where this NaN would spread to every pixel.',
      values: place.hint,
    },
  }),
  close('own-gram-matrix', 0, right('gramMatrix'), { ...place, call: 'gram' }),
  gradient('own-style-loss', 0, right('styleLoss'), { ...place, call: 'style' }),
  gradient('own-tv-loss', 0, right('tvLoss'), { ...place, call: 'variation' }),
];

/** What a check of the whole loss requires. */
export const ownLosses = ['own-content-loss', 'own-style-loss', 'own-tv-loss'] as const;
