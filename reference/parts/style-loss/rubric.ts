import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { styleLoss } from './names.ts';

const { close, gradient, leftovers, tidyCode } = checksOf(styleLoss, { call: 'loss', tolerance: exact });

export const styleLossRubric: readonly CheckDefinition[] = [
  close('gram-by-hand', 1, 'gramMatrix gives [[10, 14], [14, 20]] on the example worked out in the handout', {
    case: 'by-hand',
    call: 'plain',
    hint: 'The matrix has one row and one column a channel; the sum runs over the positions.',
  }),
  close('gram-plain', 1, 'gramMatrix without normalization is right on a feature map', {
    case: 'gram',
    call: 'plain',
  }),
  close('gram-normalized', 1, 'gramMatrix is divided by H*W*C unless told otherwise', {
    case: 'gram',
    call: 'normalized',
  }),
  close('gram-batch', 0.75, 'gramMatrix keeps the images of a batch apart', { call: 'normalized' }),
  close('gram-one-channel', 0.5, 'gramMatrix is right on a map of one channel', { call: 'normalized' }),
  close('value', 1.25, 'styleLoss is the weighted sum over the chosen layers', { case: 'layers' }),
  gradient('gradient', 1, 'styleLoss has the right gradient with respect to the features of a layer', {
    case: 'layers',
  }),
  close('network', 0.5, 'styleLoss is right between two pictures in the embedded network', {
    hint: 'The targets here are what your own gramMatrix makes of the style picture.',
  }),
  close('layers-wide', 1, 'styleLoss is right for layers in any order and maps that are not square', {
    hint: 'Targets and weights follow the order of `layers`; `features` holds every layer of the network.',
  }),
  gradient('layers-wide-gradient', 0.5, 'styleLoss has the right gradient for layers in any order', {
    case: 'layers-wide',
  }),
  close('weight-zero', 0.5, 'styleLoss leaves out a layer whose weight is 0'),
  leftovers(0.5, 'styleLoss', { case: 'layers', requires: ['value'] }),
  tidyCode(0.5, { requires: ['gram-plain'] }),
];
