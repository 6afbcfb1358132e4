import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, steps } from '../../rubrics/tolerances.ts';
import { bonusChecks } from './bonus-checks.ts';
import { activationMaximization } from './names.ts';

const { close, gradient, leftovers, picture, property, tidyCode } = checksOf(activationMaximization, {
  call: 'walk',
  tolerance: exact,
});

/** Score of an image as the walk noted it and as the network gives it for the returned bytes. */
const scoreTolerance = 1e-3;

const image = ['image'];

const optimizerCheck = (kind: 'ascent' | 'momentum' | 'adam', points: number): CheckDefinition =>
  close(
    kind,
    points,
    `optimizerStep makes the third step of ${kind === 'ascent' ? 'plain ascent' : kind} right`,
    {
      case: `optimizer-${kind}`,
      call: 'third',
      path: ['change'],
      // The gradient, which the step is given, is right but for the rate.
      partial: false,
      hint: 'The change is added to the variable, so it points uphill; steps are counted from 1.',
    },
  );

export const activationMaximizationRubric: readonly CheckDefinition[] = [
  close('logit', 0.25, 'objectiveScore gives the score of the class', {
    case: 'scores',
    call: 'logit',
    hint: 'The network takes preprocessed images; you get pixels in [0, 1].',
  }),
  gradient('softmax', 0.25, 'objectiveScore can be the probability of the class, with the right gradient', {
    case: 'scores',
    call: 'softmax',
  }),
  gradient(
    'log-softmax',
    0.25,
    'objectiveScore can be the log-probability of the class, with the right gradient',
    { case: 'scores', call: 'log-softmax' },
  ),
  optimizerCheck('ascent', 0.25),
  optimizerCheck('momentum', 0.25),
  optimizerCheck('adam', 0.75),
  close('one-step', 0.5, 'maximizeActivation makes one plain step right on a linear model', {
    case: 'linear',
    call: 'once',
    path: image,
    hint: 'The gradient is with respect to the pixels, so the division by the deviation is part of it.',
  }),
  close('to-the-end', 0.25, 'maximizeActivation finds the best pixels of a linear model: each 0 or 1', {
    case: 'linear',
    call: 'to-the-end',
    path: image,
    hint: 'Clip to [0, 1] after each step.',
  }),
  property(
    'score-at-every-step',
    0.25,
    'maximizeActivation returns the score of the start and after each step',
    {
      requires: ['one-step'],
      case: 'network',
      path: ['scores'],
      name: 'the list of scores',
      holds: { property: 'shape', is: [21] },
      hint: 'For n steps n + 1 numbers.',
    },
  ),
  property('last-score', 0.25, 'the last score is that of the returned image', {
    requires: ['score-at-every-step'],
    case: 'network',
    path: ['scores', 20],
    name: 'the last score',
    holds: {
      property: 'distance',
      to: { result: { call: 'score' }, name: 'the score of the returned image' },
      metric: 'largest',
      atMost: scoreTolerance,
    },
  }),
  property('score-rises', 0.25, 'the score of the embedded network rises by at least 20', {
    requires: ['last-score'],
    case: 'network',
    path: ['scores'],
    name: 'the score',
    // Measured: by 190.
    holds: { property: 'change', atLeast: 20 },
  }),
  property('valid-pixels', 0.25, 'the returned pixels are in [0, 1]', {
    requires: ['one-step'],
    case: 'network',
    path: image,
    name: 'the image',
    holds: { property: 'range', min: 0, max: 1 },
  }),
  picture('picture', 0.25, 'the image after 20 steps on the embedded network looks as it should', {
    case: 'network',
    file: 'activation_maximization',
    maxDifferentShare: 0.02,
  }),
  close('sigmoid', 0.75, 'maximizeActivation climbs through the sigmoid with momentum', {
    path: image,
    tolerance: steps,
    hint: 'Steps are made in the variable, pixels are its sigmoid; inverseSigmoid gives the start. Nothing is clipped.',
  }),
  close('adam-steps', 0.5, 'maximizeActivation climbs with Adam to a higher probability', {
    case: 'adam',
    path: image,
    tolerance: steps,
    hint: 'The state of one step is the beginning of the next.',
  }),
  property(
    'recognized',
    0.25,
    'the adversarially trained network takes a changed picture for the class that was asked for',
    {
      requires: ['one-step'],
      case: 'network-picture',
      call: 'scores',
      name: 'the class of the image',
      // Measured: its score is 11 below the largest in the beginning and 8 above all others in the end.
      holds: { property: 'argmax', is: 8 },
      hint: 'From a picture of another class, through the sigmoid with Adam: does the log-probability rise?',
    },
  ),
  leftovers(0.25, 'maximizeActivation', {
    requires: ['one-step'],
    case: 'linear',
    call: 'to-the-end',
    hint: 'Put each step into tf.tidy and dispose of the variable and the state that are no longer needed.',
  }),
  tidyCode(0.25, { requires: ['one-step'] }),
  ...bonusChecks,
];
