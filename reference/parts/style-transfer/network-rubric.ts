import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';
import { ownLosses } from './own-losses.ts';

const { close, gradient, picture, property } = checksOf(styleTransfer, { tolerance: composed });

const wholeLoss = [...ownLosses, 'own-content-loss-at-start', 'loss', 'gradient'];
const inOrder =
  'Is each of the three terms there, with its own weight? targets.styles and options.styleWeights follow options.styleLayers; features holds every layer of the network.';
const targetsToo = [
  ...ownLosses,
  'own-gram-matrix',
  'content-target',
  'style-targets',
  'style-targets-2',
  'style-targets-3',
];

/** The loss on the embedded network, which everything else builds on. */
export const lossRubric: readonly CheckDefinition[] = [
  close('loss', 0.5, 'styleTransferLoss adds up content, style at several layers and total variation', {
    requires: [...ownLosses],
    case: 'several-layers',
    hint: inOrder,
    factorSeenIn: { call: 'gradient', gradient: true },
  }),
  gradient('gradient', 0.5, 'styleTransferLoss has the right gradient with respect to the image', {
    requires: [...ownLosses],
    case: 'several-layers',
    hint: 'The total variation looks at the image, the other two at its features; all of them must depend on the image.',
  }),
];

/** On the network that the pictures are painted with. */
export const networkRubric = ({ words, transfer: { short, whole } }: Roles): readonly CheckDefinition[] => [
  picture(
    'picture',
    0.75,
    `styleTransfer paints the expected picture within ${short.options.schedule.steps} steps on ${words.network}`,
    {
      requires: [...wholeLoss, 'own-gram-matrix'],
      case: 'short-run',
      file: 'stylized',
      // On another backend, and for right solutions written differently, no pixel is off by 0.02.
      threshold: 0.05,
      maxDifferentShare: 0.02,
      hint: 'When the checks of a single step pass, this one does too.',
    },
  ),
  close('layers', 0.5, 'styleTransferLoss is right for your own targets, its style layers in any order', {
    requires: targetsToo,
    call: 'loss',
    hint: inOrder,
    factorSeenIn: { call: 'gradient', gradient: true },
  }),
  gradient('layers-gradient', 0.5, 'styleTransferLoss has the right gradient for your own targets', {
    requires: targetsToo,
    case: 'layers',
    hint: inOrder,
  }),
  property('style-arrives', 0.625, 'styleTransfer brings the picture near to the style image', {
    requires: wholeLoss,
    case: 'whole-run',
    call: 'result-style',
    name: 'the statistics of the result’s features',
    holds: {
      property: 'distance',
      to: { result: { call: 'style' }, name: 'those of the style image’s' },
      metric: 'relative',
      atMost: whole.bounds.style,
    },
    hint: 'Are the Gram matrices those of the style image, at each style layer, and does the loss fall?',
  }),
  property('content-stays', 0.625, 'styleTransfer keeps the content of the content image', {
    requires: ['style-arrives'],
    case: 'whole-run',
    call: 'result-content',
    name: 'the activation of the result at the content layer',
    holds: {
      property: 'correlation',
      with: { result: { call: 'content' }, name: 'that of the content image' },
      atLeast: whole.bounds.content,
    },
    hint: 'Is the content target that of the content image, and does the content loss have its weight?',
  }),
  property('loss-falls', 0.25, 'styleTransfer makes the loss fall to a small part of the first one', {
    // Losses can be made up; the picture shows whether they fell.
    requires: ['style-arrives'],
    case: 'whole-run',
    call: 'run',
    path: ['losses', whole.options.schedule.steps - 1],
    name: 'the loss of the last step',
    holds: {
      property: 'statistic',
      of: 'mean',
      relativeTo: { result: { call: 'run', path: ['losses', 0] }, name: 'the loss of the first step' },
      atMost: whole.bounds.loss,
    },
    hint: {
      'not-finite':
        'Once a step returns NaN, every later one does. Is the gradient finite at the content image?',
      values: 'When the checks of a single step pass, this one does too; losses[t] is the loss of step t.',
    },
  }),
  property('in-range', 0.25, 'styleTransfer keeps every pixel near the range that the schedule clips to', {
    requires: ['loss-falls'],
    case: 'whole-run',
    call: 'run',
    path: ['image'],
    name: 'the stylized image',
    holds: { property: 'range', min: -whole.bounds.range, max: whole.bounds.range },
    hint: 'Is the image clipped before each step until clampUntil, and the rate small from decayFrom on?',
  }),
];
