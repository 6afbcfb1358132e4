import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';

const { close, gradient, picture, property } = checksOf(styleTransfer, { tolerance: composed });

/** On the embedded network. */
export const networkRubric: readonly CheckDefinition[] = [
  picture(
    'picture',
    0.75,
    'styleTransfer paints the expected picture within ten steps on the embedded network',
    {
      case: 'short-run',
      file: 'stylized',
      // On another backend, and for right solutions written differently, no pixel is off by 0.02.
      threshold: 0.05,
      maxDifferentShare: 0.02,
      hint: 'When the checks of a single step pass, this one does too.',
    },
  ),
  close('layers', 0.5, 'styleTransferLoss is right on the embedded network, its style layers in any order', {
    call: 'loss',
    hint: 'targets.styles follows options.styleLayers; features holds every layer of the network.',
  }),
  gradient('layers-gradient', 0.5, 'styleTransferLoss has the right gradient on the embedded network', {
    case: 'layers',
  }),
  property('loss-falls', 0.25, 'styleTransfer makes the loss fall to a small part of the first one', {
    case: 'whole-run',
    call: 'run',
    path: ['losses', 119],
    name: 'the loss of the last step',
    holds: {
      // The reference reaches 0.015; without a step it is 1.
      property: 'statistic',
      of: 'mean',
      relativeTo: { result: { call: 'run', path: ['losses', 0] }, name: 'the loss of the first step' },
      atMost: 0.1,
    },
  }),
  property('in-range', 0.25, 'styleTransfer keeps every pixel near the range that the schedule clips to', {
    requires: ['loss-falls'],
    case: 'whole-run',
    call: 'run',
    path: ['image'],
    name: 'the stylized image',
    // After the last clipping there are ten steps of 0.02.
    holds: { property: 'range', min: -1.8, max: 1.8 },
  }),
  property('style-arrives', 0.25, 'styleTransfer brings the picture near to the style image', {
    case: 'whole-run',
    call: 'result-style',
    name: 'the statistics of the result’s features',
    holds: {
      // The reference reaches 0.10; the content image itself is at 0.36.
      property: 'distance',
      to: { result: { call: 'style' }, name: 'those of the style image’s' },
      metric: 'relative',
      atMost: 0.2,
    },
  }),
  property('content-stays', 0.25, 'styleTransfer keeps the content of the content image', {
    requires: ['style-arrives'],
    case: 'whole-run',
    call: 'result-content',
    name: 'the activation of the result at the content layer',
    holds: {
      // The reference reaches 0.92; the style image itself is at 0.36.
      property: 'correlation',
      with: { result: { call: 'content' }, name: 'that of the content image' },
      atLeast: 0.7,
    },
  }),
];
