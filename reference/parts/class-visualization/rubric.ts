import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed, iterations } from '../../rubrics/tolerances.ts';
import { classVisualization } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(classVisualization, {
  call: 'step',
  tolerance: composed,
});

/** A wrong step is charged where the step is judged, not once more for every climb that is made of such. */
const ofRightSteps = { requires: ['linear'], call: 'image', tolerance: iterations };

/** What comes of climbing counts where it was climbed: any picture of the class has a high score. */
const ofIterations = ['iterations'];

export const classVisualizationRubric = ({
  words,
  climb: { target, iterations: count, rise, variation },
}: Roles): readonly CheckDefinition[] => [
  close('linear', 1.5, 'classVisualizationStep is right on a linear model', {
    hint: 'Go up the score, and down the squared norm of the picture; a step is learningRate long.',
  }),
  close('convolution', 1.25, 'classVisualizationStep is right on a convolutional model', {
    hint: 'Climb the raw score of the target (no softmax, no other class); a step is learningRate long, however small the gradient.',
  }),
  close(
    'iterations',
    1.5,
    'createClassVisualization shifts, climbs, shifts back, clamps and blurs in five iterations',
    {
      ...ofRightSteps,
      hint: 'Shift back by the same offset; clamp before blurring; blur when the iteration is a multiple of blurEvery.',
    },
  ),
  picture('film', 0.75, `The first iterations on ${words.network} look as they should`, {
    requires: ['linear'],
    call: 'film',
    file: 'first_iterations',
    maxDifferentShare: 0.002,
    hint: 'Get the check of five iterations right first.',
  }),
  close(
    'linear-wide',
    1,
    'classVisualizationStep weighs the regularizer by l2Reg, on a picture that is not square',
    {
      hint: 'The regularizer is the sum of all squared values, times l2Reg; it is subtracted from the score.',
    },
  ),
  close('iterations-from-noise', 1, 'createClassVisualization starts from noise when no picture is given', {
    ...ofRightSteps,
    hint: 'Use the start, the offsets and the settings that the given code prepares; iteration 0 is a multiple of blurEvery.',
  }),
  close('defaults', 0.5, 'createClassVisualization goes by the defaults for all but the iterations', {
    ...ofRightSteps,
    hint: 'What an option leaves open is as classVisualizationDefaults says for the network’s size.',
  }),
  close('step-defaults', 0.25, 'classVisualizationStep goes by the defaults without options', {
    requires: ['linear'],
    case: 'defaults',
    hint: 'What an option leaves open is as classVisualizationDefaults says for the network’s size.',
  }),
  close('watched', 0.5, 'onIteration gets the picture that each iteration ends with', {
    ...ofRightSteps,
    call: 'climb',
    path: ['pictures'],
    hint: {
      values: 'Call onIteration last in an iteration, after clamping and blurring, with the new picture.',
      form: 'Call onIteration once in each iteration, with the picture [1, H, W, 3].',
    },
  }),
  close('watched-numbers', 0.25, 'onIteration gets the number of each iteration, by default 100 of them', {
    case: 'defaults',
    call: 'to-the-end',
    path: ['iterations'],
    plausible: [{ case: 'linear', value: { call: 'step' } }],
    mayBeTrivial: 'when the callback comes is judged, whatever the picture',
    hint: {
      values: 'Iterations count from 0; onIteration is called in their order.',
      form: 'Call onIteration once in each iteration, the last one included.',
    },
  }),
  property('climb', 1, `${count} iterations raise the score of the class`, {
    requires: ofIterations,
    call: 'scores',
    name: 'the score from start to end',
    holds: { property: 'change', atLeast: rise },
    hint: 'Ascent goes up: add the step to the picture.',
  }),
  property('recognized', 0.5, `After ${count} iterations the network sees the class`, {
    requires: ofIterations,
    case: 'climb',
    call: 'logits',
    name: 'the scores of the picture',
    holds: { property: 'argmax', is: target },
    hint: 'The score to climb is that of the target.',
  }),
  property('valid-colours', 0.25, 'A class visualization has valid colours', {
    requires: ['climb'],
    case: 'climb',
    call: 'pixels',
    name: 'the picture',
    holds: { property: 'range', min: 0, max: 1, slack: 1e-5 },
    hint: 'Clamp after every step.',
  }),
  property('smoother', 0.5, 'Blur and jitter make the picture smoother', {
    requires: ['climb'],
    case: 'climb',
    call: 'image',
    name: 'the picture',
    holds: { property: 'statistic', of: 'total-variation', atMost: variation },
    hint: 'Shift before the step and back after it, and blur every blurEvery iterations.',
  }),
  close('flat', 0.5, 'classVisualizationStep leaves the picture alone where there is no slope', {
    requires: ['linear'],
    hint: {
      values: 'A gradient of 0 moves nothing: return the picture as it is.',
      'not-finite': 'Dividing by a norm of 0 gives NaN.',
    },
  }),
  leftovers(0.25, 'createClassVisualization', {
    case: 'iterations',
    call: 'image',
    plausible: [{ case: 'iterations', value: { call: 'image' } }],
    hint: 'Dispose of each picture of your own when the next one is there, not of one that was given; tf.tidy does the rest.',
  }),
  leftovers(0.25, 'classVisualizationStep', {
    id: 'step-leftovers',
    case: 'linear',
    plausible: [{ case: 'linear', value: { call: 'step' } }],
  }),
  tidyCode(0.25, { plausible: [{ case: 'linear', value: { call: 'step' } }] }),
];
