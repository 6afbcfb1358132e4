import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed, exact } from '../../rubrics/tolerances.ts';
import { minimalChange } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(minimalChange, {
  call: 'change',
  tolerance: composed,
});

/** How far the price of 4 may leave the picture, as a share of the way at a price of 0.05. */
const dearShare = 0.7;

const image = ['image'];
const probabilities = ['probabilities'];
const reached = { path: ['reached'], name: 'reached (1 for true)' };
const step =
  'L = cross-entropy of the target + penalty * sum of squares; x - learningRate * dL/dx; then valid colours.';

const noted =
  'The first probability is that of the original, then one after each step; the last one is that of the returned image.';

export const minimalChangeRubric = ({ mistakes, words }: PairRole): readonly CheckDefinition[] => [
  close('one-step', 0.3, 'minimalChange makes one step towards the target on a linear model', {
    path: image,
    hint: step,
  }),
  close('probability', 0.1, 'minimalChange notes the probability of the target before and after the step', {
    requires: ['one-step'],
    case: 'one-step',
    path: probabilities,
    hint: noted,
  }),
  property('corrected', 0.3, `minimalChange makes ${words.standard} see ${mistakes.first.words}`, {
    case: 'mistake',
    call: 'scores',
    name: 'the scores of the changed picture',
    holds: { property: 'argmax', is: mistakes.first.actual },
    hint: 'Does the probability of the target rise from step to step?',
  }),
  property('reached', 0.1, 'minimalChange says that the target was reached', {
    requires: ['corrected'],
    case: 'mistake',
    ...reached,
    holds: { property: 'range', min: 1, max: 1 },
  }),
  picture(
    'picture',
    0.2,
    `The picture of the ${mistakes.first.isTrue ? 'corrected mistake' : 'change'} is right`,
    { requires: ['corrected'], case: 'mistake', file: 'minimal-change', maxDifferentShare: 0.005 },
  ),
  close('steps', 0.5, 'minimalChange weighs the penalty against the target over several steps', {
    path: image,
    hint: step,
  }),
  close('probabilities', 0.2, 'minimalChange notes the probability of the target after every step', {
    requires: ['steps'],
    case: 'steps',
    path: probabilities,
    hint: noted,
  }),
  close('difference', 0.2, 'minimalChange gives the changed image minus the original', {
    requires: ['steps'],
    case: 'steps',
    path: ['difference'],
  }),
  close(
    'convolution',
    0.5,
    'minimalChange is right on a convolutional model and a picture that is not square',
    { path: image, hint: step },
  ),
  close('valid', 0.4, 'minimalChange keeps to valid colours at every step', {
    path: image,
    hint: 'clampToValid belongs into each step, not only at the end.',
  }),
  close('unlikely', 0.2, 'minimalChange is right where the probability of the target is next to 0', {
    requires: ['one-step'],
    path: image,
    tolerance: exact,
    hint: {
      'not-finite': 'The logarithm of a probability that is 0 is not finite; that of tf.logSoftmax is.',
      values:
        'The logarithm of the probability as tf.logSoftmax works it out needs no small number added to it.',
    },
  }),
  property('price', 0.3, 'minimalChange changes less where a change costs more', {
    requires: ['corrected'],
    call: 'dear',
    path: ['difference'],
    name: 'the change at a high penalty',
    holds: {
      property: 'statistic',
      of: 'norm',
      relativeTo: { result: { call: 'cheap', path: ['difference'] }, name: 'the change at a low penalty' },
      atLeast: 0.01,
      atMost: dearShare,
    },
  }),
  property('robust', 0.2, `minimalChange makes ${words.robust} see ${mistakes.robust.words}`, {
    case: 'robust-mistake',
    call: 'scores',
    name: 'the scores of the changed picture',
    holds: { property: 'argmax', is: mistakes.robust.actual },
  }),
  property('range', 0.1, `minimalChange returns valid pixels on ${words.robust}`, {
    requires: ['robust'],
    case: 'robust-mistake',
    call: 'pixels',
    name: 'the pixels of the changed picture',
    holds: { property: 'range', min: 0, max: 1, slack: 1e-5 },
  }),
  close('no-steps', 0.05, 'minimalChange returns the picture unchanged after 0 steps', {
    requires: ['one-step'],
    case: 'steps',
    call: 'nothing',
    path: image,
  }),
  property('not-reached', 0.1, 'minimalChange says that the target was not reached', {
    requires: ['one-step'],
    case: 'steps',
    call: 'nothing',
    ...reached,
    holds: { property: 'range', min: 0, max: 0 },
    hint: 'reached speaks of the returned picture: does the model see the target in it or another class?',
  }),
  property('level', 0.05, 'minimalChange has reached a target whose score no class exceeds', {
    requires: ['one-step'],
    case: 'twins',
    ...reached,
    holds: { property: 'range', min: 1, max: 1 },
    hint: 'The target is reached where no class has a higher score, so also where another one has the same.',
  }),
  leftovers(0.1, 'minimalChange', {
    case: 'steps',
    plausible: [{ case: 'steps', value: { call: 'change', path: image } }],
    hint: 'Put each step into tf.tidy and dispose of the image that it replaces, but never of the one that was given.',
  }),
  tidyCode(0.1, { plausible: [{ case: 'one-step', value: { call: 'change', path: image } }] }),
];
