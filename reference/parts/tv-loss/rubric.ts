import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { tvLoss } from './names.ts';

const { close, gradient, leftovers, property, tidyCode } = checksOf(tvLoss, {
  call: 'loss',
  tolerance: exact,
});

const slope = { call: 'gradient', gradient: true } as const;
const seen = { factorSeenIn: slope };
const plausible = [{ case: 'image', value: slope }];

const addsUp = 'The losses of a batch add up, and no image is the neighbour of another.';
const undefinedAtZero =
  'The derivative of a square root, and so of a norm, is not finite at 0; that of a sum of squares is.';
const noNeighbours = {
  'no-result':
    'In a direction in which the image has one pixel, there are no neighbours: a slice may be empty.',
  'not-finite': 'A mean over no values is not a number; a sum over none is 0.',
  values: 'In a direction in which the image has one pixel, there are no neighbours; nothing wraps around.',
};

export const tvLossRubric: readonly CheckDefinition[] = [
  close('by-hand', 0.5, 'tvLoss gives 22 on the example worked out in the handout', seen),
  close('value', 0.5, 'tvLoss sums the squared differences of all neighbours, each channel', {
    case: 'image',
    ...seen,
  }),
  gradient('gradient', 0.5, 'tvLoss has the right gradient with respect to the image', {
    case: 'image',
    hint: { 'not-finite': undefinedAtZero },
  }),
  close('landscape', 0.25, 'tvLoss is right on the content picture of the style transfer', seen),
  close('wide-image', 0.75, 'tvLoss is right on an image that is not square', {
    ...seen,
    hint: {
      'no-result': 'Height, width and the number of channels come from image.shape.',
      values: 'Height and width differ here: does each slice cover all rows, columns and channels?',
    },
  }),
  close('batch', 0.75, 'tvLoss adds up the losses of a batch', {
    ...seen,
    hint: { 'no-result': 'The number of images comes from image.shape.', values: addsUp },
    mayBeTrivial: 'the loss of a batch is one number, which has no first image',
  }),
  gradient('batch-gradient', 0.5, 'tvLoss has the right gradient with respect to each image of a batch', {
    case: 'batch',
    hint: addsUp,
  }),
  close('one-row', 0.25, 'tvLoss is right on an image of one row', { ...seen, hint: noNeighbours }),
  close('one-column', 0.25, 'tvLoss is right on an image of one column', { ...seen, hint: noNeighbours }),
  property('flat', 0.25, 'tvLoss has a gradient of 0 where all pixels have the same colour', {
    requires: ['gradient'],
    name: 'the gradient',
    ...slope,
    holds: { property: 'statistic', of: 'norm', atMost: 1e-6 },
    hint: {
      'not-finite': undefinedAtZero,
      values: 'Where no neighbours differ nothing is to be smoothed, so nothing may pull.',
    },
  }),
  close('weight-zero', 0.25, 'tvLoss is 0 when its weight is 0', {
    requires: ['value'],
    hint: 'A weight of 0 is a weight like any other; it leaves the term out.',
  }),
  {
    kind: 'kernel-count',
    id: 'vectorized',
    title: 'tvLoss takes as many tensor operations for a large image as for a small one',
    points: 0.5,
    plausible,
    case: 'sizes',
    small: 'small',
    large: 'large',
    hint: 'Subtract two slices of the whole image instead of looping over pixels, rows or columns.',
  },
  leftovers(0.5, 'tvLoss', { case: 'image', plausible }),
  tidyCode(0.25, { plausible }),
];
