import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, networkGradient, steps } from '../../rubrics/tolerances.ts';
import { activationMaximization } from './names.ts';

const { close, gradient, property } = checksOf(activationMaximization, { tolerance: exact, bonus: true });

const regularizing =
  'The shift is for the objective only; the penalty is of the image itself; blur comes after the clipping.';

/** What goes beyond the assignment: hidden features and regularizers. */
export const bonusChecks: readonly CheckDefinition[] = [
  gradient('hidden-feature', 0.25, 'Bonus: objectiveScore can be a channel of a hidden layer', {
    call: 'feature',
    hint: 'The mean over all places of one channel of model.features(images)[layer].',
  }),
  gradient('hidden-layer', 0.25, 'Bonus: objectiveScore can be a channel of any layer of the network', {
    call: 'feature',
    tolerance: networkGradient,
    hint: 'Take the layer and the channel that the objective names, and of these the mean over all places.',
  }),
  close('penalty', 0.25, 'Bonus: regularizationPenalty sums both penalties of the preprocessed image', {
    call: 'both',
  }),
  gradient('penalty-gradient', 0.25, 'Bonus: regularizationPenalty has the right gradient', {
    case: 'penalty',
    call: 'both',
  }),
  close('one-penalty', 0.125, 'Bonus: regularizationPenalty leaves out the penalty that has no weight', {
    requires: ['penalty'],
    call: 'tv',
    partial: false,
    hint: 'A weight that is left out is 0; neighbours are side by side or one above the other, each pair once.',
  }),
  close('regularized', 0.25, 'Bonus: maximizeActivation shifts, penalizes and blurs', {
    call: 'walk',
    path: ['image'],
    tolerance: steps,
    hint: regularizing,
  }),
  close('some-regularizers', 0.125, 'Bonus: maximizeActivation takes some regularizers without the others', {
    case: 'regularized',
    call: 'some',
    path: ['image'],
    tolerance: steps,
    hint: 'Each regularizer stands alone; the blur comes after every so many steps, the first one after `every`.',
  }),
  close(
    'regularized-scores',
    0.125,
    'Bonus: maximizeActivation returns the scores without penalty and shift',
    {
      requires: ['regularized'],
      case: 'regularized',
      call: 'walk',
      path: ['scores'],
      tolerance: exact,
      hint: 'A score is the objective of the image as it is: not shifted, and without the penalty.',
    },
  ),
  property('smoother', 0.25, 'Bonus: a regularized image varies at most a tenth as much', {
    requires: ['penalty', 'picture'],
    call: 'regularized',
    path: ['image'],
    name: 'the regularized image',
    holds: {
      property: 'statistic',
      of: 'total-variation',
      relativeTo: {
        result: { call: 'plain', path: ['image'] },
        name: 'the image made without regularizers',
      },
      // Measured: 0.017; without the blur 0.24, with the penalty's sign turned 0.08.
      atMost: 0.1,
    },
  }),
  property('still-rises', 0.125, 'Bonus: the score rises in spite of the regularizers', {
    requires: ['penalty', 'picture'],
    case: 'smoother',
    call: 'regularized',
    path: ['scores'],
    name: 'the score',
    // Measured: by 33.
    holds: { property: 'change', atLeast: 5 },
  }),
];
