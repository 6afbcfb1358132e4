import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { tensorClose } from '../../rubrics/tensor-close.ts';

/** Gradients of a deep network sum thousands of terms, in an order that is the backend's own. */
const networkTolerance = { atol: 1e-4, rtol: 1e-3 };
/**
 * Attributions sum to the difference of the scores up to this share of it. Measured on the graded images: 0.003 with
 * all points of the way, 0.12 to 0.58 with its middle alone, 0.10 to 0.20 with its end alone.
 */
const completeUpTo = 0.04;

export const attributionRubric: readonly CheckDefinition[] = [
  tensorClose({
    id: 'linear',
    title: 'attribute gives the magnitude of the weights of a linear model, however faint the image',
    points: 0.375,
    case: 'linear',
    call: 'faint',
    hint: 'The gradient is with respect to the scaled image, so the factor does not multiply the map.',
  }),
  tensorClose({
    id: 'full',
    title: 'attribute without a scale is the saliency map of the image itself',
    points: 0.25,
    case: 'relu',
    call: 'full',
  }),
  tensorClose({
    id: 'faint',
    title: 'attribute looks at the scaled image',
    points: 0.5,
    case: 'relu',
    call: 'faint',
    hint: 'Multiply the images by the scale before the network sees them: other units are on then.',
  }),
  tensorClose({
    id: 'integrated-linear',
    title: 'integratedGradients gives image times weights on a linear model',
    points: 0.375,
    case: 'linear',
    call: 'integrated',
    hint: 'The mean of the gradients, times the image minus the baseline; signs and channels are kept.',
  }),
  tensorClose({
    id: 'integrated',
    title: 'integratedGradients takes the midpoints of equal intervals',
    points: 0.5,
    case: 'relu',
    call: 'integrated',
    hint: 'The points lie at (k - 0.5) / steps of the way, k = 1, ..., steps.',
  }),
  {
    kind: 'png-match',
    id: 'picture',
    title: 'the attributions of the embedded network look as they should',
    points: 0.25,
    case: 'network',
    image: { call: 'picture' },
    picture: 'attribution',
    threshold: 0.1,
    maxDifferentShare: 0.01,
  },
  {
    kind: 'property',
    id: 'complete',
    title: 'integrated gradients sum to the difference of the scores',
    points: 0.25,
    case: 'network',
    value: { call: 'gap' },
    name: 'the gap to completeness',
    holds: [{ property: 'range', min: -completeUpTo, max: completeUpTo }],
    hint: 'Between the image and the baseline, the score changes by as much as the attributions sum to.',
  },
  tensorClose({
    id: 'batch',
    title: 'attribute handles a batch of images that are not square at other scales',
    points: 0.25,
    case: 'relu-batch',
    call: 'middle',
    hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
  }),
  tensorClose({
    id: 'baseline',
    title: 'integratedGradients begins at the baseline',
    points: 0.5,
    case: 'baseline',
    call: 'integrated',
    hint: 'Points lie between the baseline and the image, and the factor is the difference of the two.',
  }),
  tensorClose(
    {
      id: 'network-batch',
      title: 'attribute is right on the adversarially trained network',
      points: 0.25,
      case: 'network-batch',
      call: 'faint',
    },
    networkTolerance,
  ),
  {
    kind: 'property',
    id: 'complete-batch',
    title: 'integrated gradients are complete on the adversarially trained network',
    points: 0.25,
    requires: ['integrated-linear'],
    case: 'network-complete',
    value: { call: 'gap' },
    name: 'the gap to completeness',
    holds: [{ property: 'range', min: -completeUpTo, max: completeUpTo }],
  },
  {
    kind: 'memory',
    id: 'leftovers',
    title: 'integratedGradients leaves no tensors behind',
    points: 0.125,
    requires: ['integrated'],
    case: 'relu',
    call: 'integrated',
    hint: 'Put the computation into tf.tidy(() => { ... }) and return the result from it.',
  },
  {
    kind: 'source-rule',
    id: 'tidy-code',
    title: 'attribution.ts has no leftover prints and only allowed imports',
    points: 0.125,
    requires: ['full'],
    rules: ['no-prints', 'imports', 'signatures', 'given-code'],
  },
];
