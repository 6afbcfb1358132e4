import type { CheckDefinition } from '../../../grader/spec/define.ts';

const tolerance = { atol: 1e-6, rtol: 1e-4 };
/** Gradients of a deep network sum thousands of terms, in an order that is the backend's own. */
const networkTolerance = { atol: 1e-4, rtol: 1e-3 };
/** A pixel's colour may be off by so much, and so many pixels may be: text and frames never are. */
const pictureTolerance = { threshold: 0.1, maxDifferentShare: 0.01 };

/** A comparison of one variant's maps. */
function maps(
  check: { id: string; title: string; points: number; case: string; call: string } & {
    hint?: string;
    requires?: string[];
  },
  within = tolerance,
): CheckDefinition {
  const { call, ...rest } = check;
  return { kind: 'tensor-close', ...rest, value: { call }, ...within };
}

export const saliencyVariantsRubric: readonly CheckDefinition[] = [
  maps({
    id: 'absolute',
    title: 'saliencyVariant without options is the plain saliency map',
    points: 0.25,
    case: 'linear',
    call: 'absolute',
    hint: 'The largest magnitude of the three channels of the gradient of the score.',
  }),
  maps({
    id: 'signed',
    title: 'saliencyVariant keeps the sign and sums the channels',
    points: 0.25,
    case: 'linear',
    call: 'signed',
    hint: 'No magnitude anywhere: positive where a lighter pixel raises the output, negative where it lowers it.',
  }),
  maps({
    id: 'softmax',
    title: 'saliencyVariant explains the probability of the class',
    points: 0.375,
    case: 'linear',
    call: 'softmax',
    hint: 'Differentiate the probability itself: take the softmax inside the function whose gradient you take.',
  }),
  maps({
    id: 'log-softmax',
    title: 'saliencyVariant explains the log-probability of the class',
    points: 0.25,
    case: 'linear',
    call: 'log-softmax',
  }),
  maps({
    id: 'threshold',
    title: 'saliencyVariant sets what is below the threshold to 0',
    points: 0.25,
    case: 'linear',
    call: 'threshold',
    hint: 'The threshold is a share of the largest magnitude of the same map; what is above it stays as it is.',
  }),
  maps({
    id: 'smoothed',
    title: 'saliencyVariant averages the gradient over the noisy copies',
    points: 0.5,
    case: 'smoothed',
    call: 'smoothed',
    hint: 'The mean of the gradients at noisyCopy(images, k, smoothing) for k from 0 to samples - 1.',
  }),
  {
    kind: 'png-match',
    id: 'picture',
    title: 'the maps of the embedded network look as they should',
    points: 0.25,
    case: 'network',
    image: { call: 'picture' },
    picture: 'saliency_variants',
    ...pictureTolerance,
  },
  maps({
    id: 'outputs-batch',
    title: 'saliencyVariant explains probabilities in a batch of images that are not square',
    points: 0.25,
    case: 'outputs-batch',
    call: 'softmax',
    hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
  }),
  maps({
    id: 'threshold-batch',
    title: 'saliencyVariant applies the threshold to each image by its own maximum',
    points: 0.25,
    case: 'outputs-batch',
    call: 'threshold',
    hint: 'In a batch every image has its own largest value; a signed map is cut by magnitude.',
  }),
  maps({
    id: 'smoothed-batch',
    title: 'saliencyVariant averages first and takes the magnitude of the average',
    points: 0.375,
    case: 'smoothed-batch',
    call: 'smoothed',
    hint: 'Noise cancels only as long as the gradients have their signs.',
  }),
  maps({
    id: 'everything',
    title: 'saliencyVariant combines all options',
    points: 0.25,
    case: 'smoothed-batch',
    call: 'everything',
  }),
  maps(
    {
      id: 'network-batch',
      title: 'saliencyVariant is right on the embedded network',
      points: 0.25,
      case: 'network-batch',
      call: 'smoothed',
    },
    networkTolerance,
  ),
  maps({
    id: 'flat',
    title: 'saliencyVariant is all zeros where the output depends on nothing',
    points: 0.25,
    requires: ['absolute', 'threshold'],
    case: 'flat',
    call: 'thresholded',
    hint: 'Nothing is divided by the largest value, so a map of zeros stays one.',
  }),
  {
    kind: 'memory',
    id: 'leftovers',
    title: 'saliencyVariant leaves no tensors behind',
    points: 0.125,
    requires: ['absolute', 'smoothed'],
    case: 'smoothed',
    call: 'smoothed',
    hint: 'Put the computation into tf.tidy(() => { ... }) and return the result from it.',
  },
  {
    kind: 'source-rule',
    id: 'tidy-code',
    title: 'saliency-variants.ts has no leftover prints and only allowed imports',
    points: 0.125,
    requires: ['absolute'],
    rules: ['no-prints', 'imports', 'signatures', 'given-code'],
  },
];
