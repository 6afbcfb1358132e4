import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, steps } from '../../rubrics/tolerances.ts';
import { activationMaximization } from './names.ts';

const { close, gradient, property } = checksOf(activationMaximization, { tolerance: exact, bonus: true });

/** What goes beyond the assignment: hidden features and regularizers. */
export const bonusChecks: readonly CheckDefinition[] = [
  gradient('hidden-feature', 0.5, 'Bonus: objectiveScore can be a channel of a hidden layer', {
    call: 'feature',
    hint: 'The mean over all places of one channel of model.features(images)[layer].',
  }),
  close('penalty', 0.25, 'Bonus: regularizationPenalty sums both penalties of the preprocessed image', {
    call: 'both',
  }),
  gradient('penalty-gradient', 0.25, 'Bonus: regularizationPenalty has the right gradient', {
    case: 'penalty',
    call: 'both',
  }),
  close('regularized', 0.5, 'Bonus: maximizeActivation shifts, penalizes and blurs', {
    call: 'walk',
    path: ['image'],
    tolerance: steps,
    hint: 'The shift is for the objective only; the penalty is of the image itself; blur comes after the clipping.',
  }),
  close(
    'regularized-scores',
    0.125,
    'Bonus: maximizeActivation returns the score without penalty and shift',
    {
      requires: ['regularized'],
      case: 'regularized',
      call: 'walk',
      path: ['scores', 4],
      tolerance: steps,
    },
  ),
  property('smoother', 0.25, 'Bonus: a regularized image varies at most a tenth as much', {
    requires: ['penalty'],
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
    requires: ['penalty'],
    case: 'smoother',
    call: 'regularized',
    path: ['scores'],
    name: 'the score',
    // Measured: by 33.
    holds: { property: 'change', atLeast: 5 },
  }),
];
