import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, steps } from '../../rubrics/tolerances.ts';
import { bonusChecks } from './bonus-checks.ts';
import { functionChecks } from './function-checks.ts';
import { activationMaximization } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(activationMaximization, {
  call: 'walk',
  tolerance: exact,
});

/** Score of an image as the walk noted it and as the network gives it for the returned bytes. */
const scoreTolerance = 1e-3;

const image = ['image'];
/** Where the walk leads counts where it was walked: a drawn picture has a high score, too. */
const ofSteps = ['picture'];

const scores = ['scores'];
const everyScore =
  'One score of the start and one after each step: the objective of the image as it is after that step.';
export const activationMaximizationRubric: readonly CheckDefinition[] = [
  ...functionChecks,
  close('one-step', 0.375, 'maximizeActivation makes one plain step right on a linear model', {
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
  picture('picture', 0.25, 'the image after 16 steps on the embedded network looks as it should', {
    case: 'network',
    file: 'activation_maximization',
    maxDifferentShare: 0.02,
  }),
  property(
    'score-at-every-step',
    0.25,
    'maximizeActivation returns the score of the start and after each step',
    {
      requires: ['one-step'],
      case: 'network',
      path: scores,
      name: 'the list of scores',
      holds: { property: 'shape', is: [17] },
      hint: 'For n steps n + 1 numbers.',
    },
  ),
  property('last-score', 0.125, 'the last score is that of the returned image', {
    requires: ['score-at-every-step'],
    case: 'network',
    path: ['scores', 16],
    name: 'the last score',
    holds: {
      property: 'distance',
      to: { result: { call: 'score' }, name: 'the score of the returned image' },
      metric: 'largest',
      atMost: scoreTolerance,
    },
  }),
  property('score-rises', 0.25, 'the score of the embedded network rises by at least 20', {
    requires: ['last-score', ...ofSteps],
    case: 'network',
    path: scores,
    name: 'the score',
    // Measured: by 152.
    holds: { property: 'change', atLeast: 20 },
  }),
  property('valid-pixels', 0.125, 'the returned pixels are in [0, 1]', {
    requires: ofSteps,
    case: 'network',
    path: image,
    name: 'the image',
    holds: { property: 'range', min: 0, max: 1 },
  }),
  close('sigmoid', 0.375, 'maximizeActivation climbs through the sigmoid with momentum', {
    path: image,
    tolerance: steps,
    hint: 'Steps are made in the variable, pixels are its sigmoid; inverseSigmoid gives the start. Nothing is clipped.',
  }),
  close('sigmoid-scores', 0.25, 'maximizeActivation returns each score on the way through the sigmoid', {
    requires: ['sigmoid'],
    case: 'sigmoid',
    path: scores,
    tolerance: steps,
    hint: everyScore,
  }),
  close('adam-steps', 0.25, 'maximizeActivation climbs with Adam to a higher probability', {
    case: 'adam',
    path: image,
    tolerance: steps,
    hint: 'The state of one step is the beginning of the next.',
  }),
  close('adam-scores', 0.125, 'maximizeActivation returns each probability on the way with Adam', {
    requires: ['adam-steps'],
    case: 'adam',
    path: scores,
    tolerance: steps,
    hint: everyScore,
  }),
  close('no-steps', 0.125, 'maximizeActivation returns the start and its score after 0 steps', {
    requires: ['sigmoid'],
    case: 'sigmoid',
    call: 'start',
    path: scores,
    hint: everyScore,
  }),
  close('no-way-up', 0.125, 'maximizeActivation leaves the image alone where there is no slope', {
    requires: ['adam-steps'],
    path: image,
    hint: {
      'not-finite': 'Where every gradient is 0, Adam divides 0 by epsilon, which is not 0.',
      values: 'A gradient of 0 moves nothing.',
    },
  }),
  property(
    'recognized',
    0.25,
    'the adversarially trained network takes a changed picture for the class that was asked for',
    {
      requires: ['sigmoid', 'adam-steps'],
      case: 'network-picture',
      call: 'scores',
      name: 'the class of the image',
      // Measured: its score is 11 below the largest in the beginning and 6 above all others in the end.
      holds: { property: 'argmax', is: 8 },
      hint: 'From a picture of another class, through the sigmoid with Adam: does the log-probability rise?',
    },
  ),
  leftovers(0.25, 'maximizeActivation', {
    case: 'linear',
    call: 'to-the-end',
    plausible: [{ case: 'linear', value: { call: 'once', path: image } }],
    hint: 'Put each step into tf.tidy and dispose of the variable and the state that are no longer needed, but never of what was given.',
  }),
  tidyCode(0.125, { plausible: [{ case: 'linear', value: { call: 'once', path: image } }] }),
  ...bonusChecks,
];
