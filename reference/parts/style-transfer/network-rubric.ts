import type { CheckDefinition } from '../../../grader/assignment/define.ts';

const tolerance = { atol: 1e-5, rtol: 1e-4 };

/** On the embedded network. */
export const networkRubric: readonly CheckDefinition[] = [
  {
    kind: 'png-match',
    id: 'picture',
    title: 'styleTransfer paints the expected picture within ten steps on the embedded network',
    points: 0.75,
    case: 'short-run',
    image: { call: 'picture' },
    picture: 'stylized',
    // On another backend, and for right solutions written differently, no pixel is off by 0.02.
    threshold: 0.05,
    maxDifferentShare: 0.02,
    hint: 'When the checks of a single step pass, this one does too.',
  },
  {
    kind: 'tensor-close',
    id: 'layers',
    title: 'styleTransferLoss is right on the embedded network, its style layers in any order',
    points: 0.5,
    case: 'layers',
    value: { call: 'loss' },
    ...tolerance,
    hint: 'targets.styles follows options.styleLayers; features holds every layer of the network.',
  },
  {
    kind: 'gradient-close',
    id: 'layers-gradient',
    title: 'styleTransferLoss has the right gradient on the embedded network',
    points: 0.5,
    case: 'layers',
    call: 'gradient',
    ...tolerance,
  },
  {
    kind: 'property',
    id: 'loss-falls',
    title: 'styleTransfer makes the loss fall to a small part of the first one',
    points: 0.25,
    case: 'whole-run',
    value: { call: 'run', path: ['losses', 119] },
    name: 'the loss of the last step',
    holds: [
      {
        // The reference reaches 0.015; without a step it is 1.
        property: 'statistic',
        of: 'mean',
        relativeTo: { result: { call: 'run', path: ['losses', 0] }, name: 'the loss of the first step' },
        atMost: 0.1,
      },
    ],
  },
  {
    kind: 'property',
    id: 'in-range',
    title: 'styleTransfer keeps every pixel near the range that the schedule clips to',
    points: 0.25,
    requires: ['loss-falls'],
    case: 'whole-run',
    value: { call: 'run', path: ['image'] },
    name: 'the stylized image',
    // After the last clipping there are ten steps of 0.02.
    holds: [{ property: 'range', min: -1.8, max: 1.8 }],
  },
  {
    kind: 'property',
    id: 'style-arrives',
    title: 'styleTransfer brings the picture near to the style image',
    points: 0.25,
    case: 'whole-run',
    value: { call: 'result-style' },
    name: 'the statistics of the result’s features',
    holds: [
      {
        // The reference reaches 0.10; the content image itself is at 0.36.
        property: 'distance',
        to: { result: { call: 'style' }, name: 'those of the style image’s' },
        metric: 'relative',
        atMost: 0.2,
      },
    ],
  },
  {
    kind: 'property',
    id: 'content-stays',
    title: 'styleTransfer keeps the content of the content image',
    points: 0.25,
    requires: ['style-arrives'],
    case: 'whole-run',
    value: { call: 'result-content' },
    name: 'the activation of the result at the content layer',
    holds: [
      {
        // The reference reaches 0.92; the style image itself is at 0.36.
        property: 'correlation',
        with: { result: { call: 'content' }, name: 'that of the content image' },
        atLeast: 0.7,
      },
    ],
  },
];
