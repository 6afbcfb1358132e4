import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, training } from '../../rubrics/tolerances.ts';
import { cleverHans } from './names.ts';

const { close, leftovers } = checksOf(cleverHans, { tolerance: exact });

/** The optimizers of the library keep a scalar of their own. */
const libraryLeftover = 2;

const logSoftmax =
  'The logarithm of a probability that is 0 is not finite; that of tf.logSoftmax is. No small number is added.';

/** A few steps on random pictures. */
export const trainingRubric: readonly CheckDefinition[] = [
  close('one-step', 0.4, 'trainClassifier makes one step down the gradient of the mean cross-entropy', {
    call: 'weights',
    hint: 'The loss of a batch is the mean over its pictures; the step goes against the gradient.',
  }),
  close('first-loss', 0.1, 'trainClassifier reports the loss of a batch before its step', {
    case: 'one-step',
    call: 'trained',
    path: ['losses'],
  }),
  close(
    'steps',
    0.7,
    'trainClassifier keeps its velocity over several batches, the last one of them smaller',
    {
      call: 'weights',
      tolerance: training,
      hint: 'The velocity outlives the step and the epoch: v <- momentum * v + gradient, w <- w - learningRate * v.',
    },
  ),
  close('losses', 0.2, 'trainClassifier reports the loss of each batch before its step', {
    case: 'steps',
    call: 'trained',
    path: ['losses'],
    tolerance: training,
    hint: 'One loss a step, found with the weights from which the step starts: as many as there are batches.',
  }),
  close('confident', 0.1, 'trainClassifier learns from pictures that the network is sure and wrong about', {
    requires: ['one-step'],
    call: 'weights',
    tolerance: training,
    hint: { 'not-finite': logSoftmax, values: logSoftmax },
  }),
  close('confident-losses', 0.1, 'trainClassifier reports the losses of such pictures', {
    requires: ['losses'],
    case: 'confident',
    call: 'trained',
    path: ['losses'],
    tolerance: training,
    hint: { 'not-finite': logSoftmax, values: logSoftmax },
  }),
  leftovers(0.1, 'trainClassifier', {
    title: 'trainClassifier leaves no tensors behind but the trained weights',
    case: 'steps',
    call: 'trained',
    requires: ['one-step'],
    maxLeftover: libraryLeftover,
    hint: 'tf.tidy around each step returns what you return from it; dispose of the old weights and velocities, but never of those that were given.',
  }),
];
