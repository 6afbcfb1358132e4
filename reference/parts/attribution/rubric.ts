import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, network } from '../../rubrics/tolerances.ts';
import { attribution } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(attribution, { tolerance: exact });

/**
 * Attributions sum to the difference of the scores up to this share of it. Measured on the graded images: 0.003 with
 * all points of the way, 0.12 to 0.58 with its middle alone, 0.10 to 0.20 with its end alone.
 */
const completeUpTo = 0.04;
const gap = {
  call: 'gap',
  name: 'the gap to completeness',
  holds: { property: 'range', min: -completeUpTo, max: completeUpTo },
} as const;

export const attributionRubric: readonly CheckDefinition[] = [
  close(
    'linear',
    0.375,
    'attribute gives the magnitude of the weights of a linear model, however faint the image',
    {
      call: 'faint',
      hint: 'The gradient is with respect to the scaled image, so the factor does not multiply the map.',
    },
  ),
  close('full', 0.25, 'attribute without a scale is the saliency map of the image itself', { case: 'relu' }),
  close('faint', 0.5, 'attribute looks at the scaled image', {
    case: 'relu',
    hint: 'Multiply the images by the scale before the network sees them: other units are on then.',
  }),
  close('integrated-linear', 0.375, 'integratedGradients gives image times weights on a linear model', {
    case: 'linear',
    call: 'integrated',
    hint: 'The mean of the gradients, times the image minus the baseline; signs and channels are kept.',
  }),
  close('integrated', 0.5, 'integratedGradients takes the midpoints of equal intervals', {
    case: 'relu',
    hint: 'The points lie at (k - 0.5) / steps of the way, k = 1, ..., steps.',
  }),
  picture('picture', 0.25, 'the attributions of the embedded network look as they should', {
    case: 'network',
    file: 'attribution',
    maxDifferentShare: 0.01,
  }),
  property('complete', 0.25, 'integrated gradients sum to the difference of the scores', {
    case: 'network',
    ...gap,
    hint: 'Between the image and the baseline, the score changes by as much as the attributions sum to.',
  }),
  close('batch', 0.25, 'attribute handles a batch of images that are not square at other scales', {
    case: 'relu-batch',
    call: 'middle',
    hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
  }),
  close('baseline', 0.5, 'integratedGradients begins at the baseline', {
    call: 'integrated',
    hint: 'Points lie between the baseline and the image, and the factor is the difference of the two.',
  }),
  close('network-batch', 0.25, 'attribute is right on the adversarially trained network', {
    call: 'faint',
    tolerance: network,
  }),
  property('complete-batch', 0.25, 'integrated gradients are complete on the adversarially trained network', {
    requires: ['integrated-linear'],
    case: 'network-complete',
    ...gap,
  }),
  leftovers(0.125, 'integratedGradients', { case: 'relu', call: 'integrated', requires: ['integrated'] }),
  tidyCode(0.125, { requires: ['full'] }),
];
