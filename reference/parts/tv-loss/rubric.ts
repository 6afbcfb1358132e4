import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { tvLoss } from './names.ts';

const { close, gradient, leftovers, tidyCode } = checksOf(tvLoss, { call: 'loss', tolerance: exact });

export const tvLossRubric: readonly CheckDefinition[] = [
  close('by-hand', 1, 'tvLoss gives 22 on the example worked out in the handout'),
  close('value', 1, 'tvLoss sums the squared differences of all neighbours, each channel', { case: 'image' }),
  gradient('gradient', 1, 'tvLoss has the right gradient with respect to the image', { case: 'image' }),
  close('landscape', 0.5, 'tvLoss is right on the content picture of the style transfer'),
  close('wide-image', 0.5, 'tvLoss is right on an image that is not square'),
  close('one-row', 0.25, 'tvLoss is right on an image of one row', {
    hint: 'With one row there are no vertical neighbours; nothing wraps around the edge.',
  }),
  close('weight-zero', 0.25, 'tvLoss is 0 when its weight is 0', { requires: ['value'] }),
  {
    kind: 'kernel-count',
    id: 'vectorized',
    title: 'tvLoss takes as many tensor operations for a large image as for a small one',
    points: 0.75,
    requires: ['value'],
    case: 'sizes',
    small: 'small',
    large: 'large',
    hint: 'Subtract two slices of the whole image instead of looping over pixels, rows or columns.',
  },
  leftovers(0.5, 'tvLoss', { case: 'image', requires: ['value'] }),
  tidyCode(0.25, { requires: ['value'] }),
];
