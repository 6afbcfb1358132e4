import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { stepsTolerance, tolerance } from './tolerances.ts';

const bonus = { bonus: true } as const;

/** What goes beyond the assignment: hidden features and regularizers. */
export const bonusChecks: readonly CheckDefinition[] = [
  {
    kind: 'gradient-close',
    id: 'hidden-feature',
    title: 'Bonus: objectiveScore can be a channel of a hidden layer',
    points: 0.5,
    ...bonus,
    case: 'hidden-feature',
    call: 'feature',
    ...tolerance,
    hint: 'The mean over all places of one channel of model.features(images)[layer].',
  },
  {
    kind: 'tensor-close',
    id: 'penalty',
    title: 'Bonus: regularizationPenalty sums both penalties of the preprocessed image',
    points: 0.25,
    ...bonus,
    case: 'penalty',
    value: { call: 'both' },
    ...tolerance,
  },
  {
    kind: 'gradient-close',
    id: 'penalty-gradient',
    title: 'Bonus: regularizationPenalty has the right gradient',
    points: 0.25,
    ...bonus,
    case: 'penalty',
    call: 'both',
    ...tolerance,
  },
  {
    kind: 'tensor-close',
    id: 'regularized',
    title: 'Bonus: maximizeActivation shifts, penalizes and blurs',
    points: 0.5,
    ...bonus,
    case: 'regularized',
    value: { call: 'walk', path: ['image'] },
    ...stepsTolerance,
    hint: 'The shift is for the objective only; the penalty is of the image itself; blur comes after the clipping.',
  },
  {
    kind: 'tensor-close',
    id: 'regularized-scores',
    title: 'Bonus: maximizeActivation returns the score without penalty and shift',
    points: 0.125,
    ...bonus,
    requires: ['regularized'],
    case: 'regularized',
    value: { call: 'walk', path: ['scores', 4] },
    ...stepsTolerance,
  },
  {
    kind: 'property',
    id: 'smoother',
    title: 'Bonus: a regularized image varies at most a tenth as much',
    points: 0.25,
    ...bonus,
    requires: ['penalty'],
    case: 'smoother',
    value: { call: 'regularized', path: ['image'] },
    name: 'the regularized image',
    holds: [
      {
        property: 'statistic',
        of: 'total-variation',
        relativeTo: {
          result: { call: 'plain', path: ['image'] },
          name: 'the image made without regularizers',
        },
        // Measured: 0.017; without the blur 0.24, with the penalty's sign turned 0.08.
        atMost: 0.1,
      },
    ],
  },
  {
    kind: 'property',
    id: 'still-rises',
    title: 'Bonus: the score rises in spite of the regularizers',
    points: 0.125,
    ...bonus,
    requires: ['penalty'],
    case: 'smoother',
    value: { call: 'regularized', path: ['scores'] },
    name: 'the score',
    // Measured: by 33.
    holds: [{ property: 'change', atLeast: 5 }],
  },
];
