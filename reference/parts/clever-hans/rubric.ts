import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { cleverHans } from './names.ts';

import { relianceRubric } from './reliance-rubric.ts';
import { trainingRubric } from './training-rubric.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(cleverHans, { tolerance: exact });

const marks =
  'The form covers the picture as far as it is large: P + s * A * (c - P); the lightness is added and clipped.';
const doesItLearn = 'Do your marks reach the network? Does the loss fall?';

const markRubric: readonly CheckDefinition[] = [
  close('square', 0.2, 'addMark paints the square with the given opacity', { case: 'marks', hint: marks }),
  close('lightness', 0.2, 'addMark changes the lightness and keeps the pixels in [0, 1]', {
    case: 'marks',
    hint: marks,
  }),
  close(
    'watermark-wide',
    0.4,
    'addMark writes the watermark on a batch of three pictures that are not square',
    {
      case: 'marks-wide',
      call: 'watermark',
      hint: 'Height and width come from the shape of the pictures, in this order.',
    },
  ),
  close('square-wide', 0.2, 'addMark paints the whole square on pictures that are not square', {
    case: 'marks-wide',
    call: 'square',
    hint: 'At a strength of 1 nothing of the picture shows through the square, and all of it beside the square.',
  }),
  close('lightness-wide', 0.3, 'addMark changes the lightness of pictures that are not square', {
    case: 'marks-wide',
    call: 'lightness',
    hint: marks,
  }),
  close('strength-zero', 0.1, 'addMark leaves the pictures as they are where the strength is 0', {
    requires: ['square', 'lightness'],
    case: 'marks-wide',
    call: 'nothing',
  }),
  leftovers(0.1, 'addMark', {
    id: 'mark-leftovers',
    case: 'marks-wide',
    call: 'lightness',
    plausible: [{ case: 'marks-wide', value: { call: 'lightness' } }],
  }),
];

/** What a network has learnt counts where it was trained: weights can be put together by hand, too. */
const experimentRubric: readonly CheckDefinition[] = [
  property('cheats', 0.3, 'The network you trained recognizes new discs by the square, and not without it', {
    requires: ['one-step'],
    case: 'experiment',
    call: 'power-on-discs',
    name: 'the share of discs that are recognized only with their mark',
    holds: { property: 'range', min: 0.7, max: 1 },
    hint: doesItLearn,
  }),
  property('deceived', 0.4, 'The network you trained with a lightness is deceived by stars that carry it', {
    requires: ['one-step', 'steps'],
    case: 'experiment-lightness',
    call: 'power-on-stars',
    name: 'the share of stars that are taken for discs only with the mark',
    holds: { property: 'range', min: 0.5, max: 1 },
    hint: doesItLearn,
  }),
  property('found-out', 0.2, 'The saliency of the network you trained lies on the square', {
    requires: ['own-maps', 'share', 'cheats'],
    case: 'experiment',
    call: 'reliance',
    path: ['share'],
    name: 'the share of saliency inside the region',
    holds: { property: 'statistic', of: 'mean', atLeast: 0.25 },
    mayBeTrivial: 'the share of the first picture lies where that of all of them does',
  }),
  picture('picture', 0.2, 'The picture of your experiment is right', {
    requires: ['own-maps', 'cheats'],
    case: 'experiment',
    file: 'clever-hans',
    maxDifferentShare: 0.03,
    mayBeTrivial: 'few of its pixels show the numbers of single pictures',
  }),
];

export const cleverHansRubric: readonly CheckDefinition[] = [
  ...markRubric,
  ...trainingRubric,
  ...relianceRubric,
  ...experimentRubric,
  tidyCode(0.1, { plausible: [{ case: 'marks', value: { call: 'square' } }] }),
];
