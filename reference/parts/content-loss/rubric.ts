import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { contentLoss } from './names.ts';

const { close, gradient, leftovers, tidyCode } = checksOf(contentLoss, { call: 'loss', tolerance: exact });

export const contentLossRubric: readonly CheckDefinition[] = [
  close('by-hand', 1, 'contentLoss gives 7 on the example worked out in the handout'),
  close('value', 1.25, 'contentLoss is the weighted sum of squared differences on a feature map', {
    case: 'feature-map',
  }),
  gradient('gradient', 1, 'contentLoss has the right gradient with respect to the current features', {
    case: 'feature-map',
  }),
  close('network', 0.5, 'contentLoss is right on the features of two pictures in the embedded network'),
  close('wide-map', 0.5, 'contentLoss is right on a map that is not square', {
    hint: 'Is the loss a plain sum over all positions and channels, and the weight used once?',
  }),
  gradient('wide-map-gradient', 0.5, 'contentLoss has the right gradient on a map that is not square', {
    case: 'wide-map',
  }),
  close('one-channel', 0.25, 'contentLoss is right on a map of one channel'),
  close('weight-zero', 0.25, 'contentLoss is 0 when its weight is 0', { requires: ['value'] }),
  leftovers(0.5, 'contentLoss', { case: 'feature-map', requires: ['value'] }),
  tidyCode(0.25, { requires: ['value'] }),
];
