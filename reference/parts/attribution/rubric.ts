import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, networkGradient } from '../../rubrics/tolerances.ts';
import { attribution } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(attribution, { tolerance: exact });

const gapUpTo = (bound: number) =>
  ({
    call: 'gap',
    name: 'the gap to completeness',
    holds: { property: 'range', min: -bound, max: bound },
  }) as const;

/** How the code is written counts once something of its own comes out. */
const honest = (name: string, call: string) => ({
  requires: ['class-matters'],
  plausible: [{ case: name, value: { call } }],
});

const default32 =
  'Without options the scale is 1, steps are 32 and the baseline is 0, as the given code fills in.';

export const attributionRubric = ({ words, completeUpTo }: PairRole): readonly CheckDefinition[] => [
  close(
    'linear',
    0.25,
    'attribute gives the magnitude of the weights of a linear model, however faint the image',
    {
      call: 'faint',
      hint: 'The gradient is with respect to the scaled image, so the factor does not multiply the map.',
    },
  ),
  property('class-matters', 0, 'attribute gives another map for another class', {
    case: 'linear',
    call: 'faint',
    name: 'the maps of the given classes',
    holds: {
      property: 'distance',
      to: { result: { call: 'other-classes' }, name: 'those of other classes' },
      metric: 'relative',
      atLeast: 0.1,
    },
    hint: 'The labels say which score to differentiate.',
  }),
  close('full', 0.125, 'attribute without a scale is the saliency map of the image itself', { case: 'relu' }),
  close('faint', 0.375, 'attribute looks at the scaled image', {
    case: 'relu',
    hint: 'Multiply the images by the scale before the network sees them: other units are on then.',
  }),
  close('integrated-linear', 0.25, 'integratedGradients gives image times weights on a linear model', {
    case: 'linear',
    call: 'integrated',
    hint: 'The mean of the gradients, times the image minus the baseline; signs and channels are kept.',
  }),
  close('integrated', 0.375, 'integratedGradients takes the midpoints of equal intervals', {
    case: 'relu',
    hint: 'The points lie at (k - 0.5) / steps of the way, k = 1, ..., steps.',
  }),
  picture('picture', 0.25, `the attributions of ${words.standard} look as they should`, {
    case: 'network',
    file: 'attribution',
    // Right solutions draw the very same pixels.
    maxDifferentShare: 0.002,
  }),
  property('complete', 0.125, 'integrated gradients sum to the difference of the scores', {
    case: 'network',
    ...gapUpTo(completeUpTo),
    hint: 'Between the image and the baseline, the score changes by as much as the attributions sum to.',
  }),
  close('batch', 0.25, 'attribute handles a batch of images that are not square at other scales', {
    case: 'relu-batch',
    call: 'middle',
    hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
  }),
  close('faintest', 0.125, 'attribute is right at the smallest scale', {
    case: 'relu-batch',
    call: 'faint',
    hint: 'The scale multiplies the images alone, however small it is.',
  }),
  close('integrated-batch', 0.25, 'integratedGradients handles a batch of images that are not square', {
    case: 'relu-batch',
    call: 'integrated',
    hint: 'Each image has its own way and label; the number of steps is the one that is asked for.',
  }),
  close('baseline', 0.25, 'integratedGradients begins at the baseline', {
    call: 'integrated',
    hint: 'Points lie between the baseline and the image, and the factor is the difference of the two.',
  }),
  close('at-baseline', 0.125, 'integratedGradients is 0 for an image that is the baseline', {
    call: 'integrated',
    hint: {
      values: 'The factor is the image minus the baseline: where both are the same, nothing is attributed.',
      'not-finite': 'Nothing is divided by the length of the way, which may be 0.',
    },
  }),
  close('default-scale', 0.125, 'attribute without options takes the image as it is', {
    case: 'defaults',
    call: 'maps',
    hint: default32,
  }),
  close('default-steps', 0.125, 'integratedGradients without options takes 32 points from a baseline of 0', {
    case: 'defaults',
    call: 'integrated',
    hint: default32,
  }),
  close('network-batch', 0.25, `attribute is right on ${words.robust}`, {
    call: 'faint',
    tolerance: networkGradient,
    hint: 'The map is the gradient at the scaled image as it comes: nothing is divided by its largest value.',
  }),
  property('complete-batch', 0.125, `integrated gradients are complete on ${words.robust}`, {
    requires: ['integrated-linear'],
    case: 'network-complete',
    ...gapUpTo(completeUpTo),
  }),
  leftovers(0.125, 'attribute', {
    id: 'attribute-leftovers',
    case: 'relu-batch',
    call: 'middle',
    ...honest('relu-batch', 'middle'),
  }),
  leftovers(0.25, 'integratedGradients', {
    case: 'baseline',
    call: 'integrated',
    ...honest('baseline', 'integrated'),
    hint: 'The baseline belongs to the caller; tf.tidy around each step disposes of what the step made.',
  }),
  tidyCode(0.25, honest('relu', 'full')),
];
