import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { activationMaximization } from './names.ts';

const { close, gradient, leftovers } = checksOf(activationMaximization, { tolerance: exact });

const handedOn =
  'The state that comes back holds what the next step needs; what an optimizer has no use for stays as it is.';

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

const later = (id: string, points: number, title: string, call: string, path: readonly string[]) =>
  close(id, points, title, {
    case: 'later-steps',
    call,
    path: [...path],
    partial: false,
    hint: path[0] === 'state' ? handedOn : 'The rates and the number of the step are those that are given.',
  });

/** The two functions that every run is made of. */
export const functionChecks: readonly CheckDefinition[] = [
  close('logit', 0.25, 'objectiveScore gives the score of the class', {
    case: 'scores',
    call: 'logit',
    hint: 'The network takes preprocessed images; you get pixels in [0, 1].',
  }),
  gradient('softmax', 0.125, 'objectiveScore can be the probability of the class, with the right gradient', {
    case: 'scores',
    call: 'softmax',
  }),
  gradient(
    'log-softmax',
    0.125,
    'objectiveScore can be the log-probability of the class, with the right gradient',
    { case: 'scores', call: 'log-softmax' },
  ),
  optimizerCheck('ascent', 0.125),
  optimizerCheck('momentum', 0.125),
  optimizerCheck('adam', 0.25),
  close('probability', 0.125, 'objectiveScore gives the probability of the class', {
    case: 'objectives',
    call: 'softmax',
    hint: 'The softmax is over the classes; of it the entry of the label.',
  }),
  close('log-probability', 0.125, 'objectiveScore gives the log-probability of the class', {
    case: 'objectives',
    call: 'log-softmax',
    hint: 'The logarithm of the softmax over the classes; of it the entry of the label.',
  }),
  close('unlikely', 0.125, 'objectiveScore gives the log-probability of a class that is next to impossible', {
    requires: ['log-softmax'],
    call: 'score',
    hint: {
      'not-finite': 'The logarithm of a probability that is 0 is not finite; that of tf.logSoftmax is.',
      values: 'tf.logSoftmax needs no small number added to the probability.',
    },
  }),
  gradient('unlikely-gradient', 0.125, 'objectiveScore has the right gradient there, too', {
    requires: ['log-softmax'],
    case: 'unlikely',
    call: 'score',
    hint: {
      'not-finite': 'The logarithm of a probability that is 0 has no finite gradient; tf.logSoftmax has one.',
      values: 'tf.logSoftmax needs no small number added to the probability.',
    },
  }),
  later('momentum-later', 0.125, 'optimizerStep adds momentum in the middle of a run', 'momentum', [
    'change',
  ]),
  later('momentum-memory', 0.125, 'optimizerStep hands on the velocity', 'momentum', ['state', 'first']),
  later('adam-later', 0.25, 'optimizerStep makes a step of Adam in the middle of a run', 'adam', ['change']),
  later('adam-memory', 0.125, 'optimizerStep hands on Adam’s mean of the squared gradients', 'adam', [
    'state',
    'second',
  ]),
  close('ascent-state', 0.125, 'optimizerStep counts its steps', {
    requires: ['ascent'],
    case: 'later-steps',
    call: 'ascent',
    path: ['state', 'step'],
    partial: false,
    hint: handedOn,
  }),
  leftovers(0.125, 'objectiveScore', {
    id: 'objective-leftovers',
    case: 'objectives',
    call: 'softmax',
    requires: ['probability'],
  }),
  leftovers(0.125, 'optimizerStep', {
    id: 'optimizer-leftovers',
    case: 'later-steps',
    call: 'adam',
    plausible: [{ case: 'later-steps', value: { call: 'adam', path: ['change'] } }],
    hint: 'The state is the caller’s: make new tensors from it.',
  }),
];
