import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, training } from '../../rubrics/tolerances.ts';
import { cleverHans } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(cleverHans, { tolerance: exact });

/** The optimizers of the library keep a scalar of their own. */
const libraryLeftover = 2;

const marks =
  'The form covers the picture as far as it is large: P + s * A * (c - P); the lightness is added and clipped.';
const ownShare =
  'The share is that of the sums of the map, inside the region over everywhere; each picture has its own.';
const doesItLearn = 'Do your marks reach the network? Does the loss fall?';

const share = { call: 'reliance', path: ['share'] };
const drop = { call: 'reliance', path: ['drop'] };

export const cleverHansRubric: readonly CheckDefinition[] = [
  close('square', 0.2, 'addMark paints the square with the given opacity', { case: 'marks', hint: marks }),
  close('lightness', 0.2, 'addMark changes the lightness and keeps the pixels in [0, 1]', {
    case: 'marks',
    hint: marks,
  }),
  close(
    'watermark-wide',
    0.5,
    'addMark writes the watermark on a batch of three pictures that are not square',
    {
      case: 'marks-wide',
      call: 'watermark',
      hint: 'Height and width come from the shape of the pictures, in this order.',
    },
  ),
  close('lightness-wide', 0.4, 'addMark changes the lightness of pictures that are not square', {
    case: 'marks-wide',
    call: 'lightness',
  }),
  close('strength-zero', 0.1, 'addMark leaves the pictures as they are where the strength is 0', {
    requires: ['square', 'lightness'],
    case: 'marks-wide',
    call: 'nothing',
  }),
  close('one-step', 0.4, 'trainClassifier makes one step down the gradient of the mean cross-entropy', {
    call: 'weights',
    hint: 'The loss of a batch is the mean over its pictures; the step goes against the gradient.',
  }),
  close('first-loss', 0.1, 'trainClassifier reports the loss of each batch before its step', {
    case: 'one-step',
    call: 'trained',
    path: ['losses', 0],
  }),
  close(
    'steps',
    0.8,
    'trainClassifier keeps its velocity over several batches, the last one of them smaller',
    {
      call: 'weights',
      tolerance: training,
      hint: 'The velocity outlives the step and the epoch: v <- momentum * v + gradient, w <- w - learningRate * v.',
    },
  ),
  close('last-loss', 0.2, 'trainClassifier reports the loss of the last batch before its step', {
    case: 'steps',
    call: 'trained',
    path: ['losses', 5],
    tolerance: training,
    hint: 'One loss a step, found with the weights from which the step starts.',
  }),
  property('cheats', 0.3, 'The network you trained recognizes new discs by the square, and not without it', {
    case: 'experiment',
    call: 'power-on-discs',
    name: 'the share of discs that are recognized only with their mark',
    holds: { property: 'range', min: 0.7, max: 1 },
    hint: doesItLearn,
  }),
  property('deceived', 0.5, 'The network you trained with a lightness is deceived by stars that carry it', {
    case: 'experiment-lightness',
    call: 'power-on-stars',
    name: 'the share of stars that are taken for discs only with the mark',
    holds: { property: 'range', min: 0.5, max: 1 },
    hint: doesItLearn,
  }),
  close('share', 0.3, 'markReliance gives the share of each map inside the region', {
    case: 'reliance',
    ...share,
    hint: ownShare,
    mayBeTrivial: 'a linear model has the same map for every picture; share-batch tells pictures apart',
  }),
  close('drop', 0.2, 'markReliance gives the fall of each score when the mark is taken away', {
    case: 'reliance',
    ...drop,
    hint: 'The score is the raw one of the given class; with the mark minus without it.',
  }),
  close('share-batch', 0.6, 'markReliance keeps three pictures apart on a convolutional model', {
    case: 'reliance-batch',
    ...share,
    hint: ownShare,
  }),
  close('drop-batch', 0.4, 'markReliance gives the fall of three scores on a convolutional model', {
    case: 'reliance-batch',
    ...drop,
  }),
  close('flat', 0.2, 'markReliance gives the share 0 where a map is 0 everywhere', {
    requires: ['share'],
    case: 'reliance-flat',
    ...share,
    hint: '0 / 0 is not a number; see tf.divNoNan.',
  }),
  property('found-out', 0.2, 'The saliency of the network you trained lies on the square', {
    requires: ['share', 'cheats'],
    case: 'experiment',
    ...share,
    name: 'the share of saliency inside the region',
    holds: { property: 'statistic', of: 'mean', atLeast: 0.25 },
    mayBeTrivial: 'the share of the first picture lies where that of all of them does',
  }),
  picture('picture', 0.2, 'The picture of your experiment is right', {
    requires: ['cheats'],
    case: 'experiment',
    file: 'clever-hans',
    maxDifferentShare: 0.03,
    mayBeTrivial: 'few of its pixels show the numbers of single pictures',
  }),
  leftovers(0.1, 'trainClassifier', {
    title: 'trainClassifier leaves no tensors behind but the trained weights',
    requires: ['one-step'],
    case: 'steps',
    call: 'trained',
    maxLeftover: libraryLeftover,
    hint: 'tf.tidy around each step returns what you return from it; dispose of the old weights and velocities.',
  }),
  tidyCode(0.1, { requires: ['square'] }),
];
