import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, network } from '../../rubrics/tolerances.ts';
import { saliencyVariants } from './names.ts';

const { close, leftovers, picture, tidyCode } = checksOf(saliencyVariants, { tolerance: exact });

export const saliencyVariantsRubric: readonly CheckDefinition[] = [
  close('absolute', 0.25, 'saliencyVariant without options is the plain saliency map', {
    case: 'linear',
    hint: 'The largest magnitude of the three channels of the gradient of the score.',
  }),
  close('signed', 0.25, 'saliencyVariant keeps the sign and sums the channels', {
    case: 'linear',
    hint: 'No magnitude anywhere: positive where a lighter pixel raises the output, negative where it lowers it.',
  }),
  close('softmax', 0.375, 'saliencyVariant explains the probability of the class', {
    case: 'linear',
    hint: 'Differentiate the probability itself: take the softmax inside the function whose gradient you take.',
  }),
  close('log-softmax', 0.25, 'saliencyVariant explains the log-probability of the class', { case: 'linear' }),
  close('threshold', 0.25, 'saliencyVariant sets what is below the threshold to 0', {
    case: 'linear',
    hint: 'The threshold is a share of the largest magnitude of the same map; what is above it stays as it is.',
  }),
  close('smoothed', 0.5, 'saliencyVariant averages the gradient over the noisy copies', {
    hint: 'The mean of the gradients at noisyCopy(images, k, smoothing) for k from 0 to samples - 1.',
  }),
  picture('picture', 0.25, 'the maps of the embedded network look as they should', {
    case: 'network',
    file: 'saliency_variants',
    maxDifferentShare: 0.01,
  }),
  close(
    'outputs-batch',
    0.25,
    'saliencyVariant explains probabilities in a batch of images that are not square',
    {
      call: 'softmax',
      hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
    },
  ),
  close('threshold-batch', 0.25, 'saliencyVariant applies the threshold to each image by its own maximum', {
    case: 'outputs-batch',
    call: 'threshold',
    hint: 'In a batch every image has its own largest value; a signed map is cut by magnitude.',
  }),
  close('smoothed-batch', 0.375, 'saliencyVariant averages first and takes the magnitude of the average', {
    call: 'smoothed',
    hint: 'Noise cancels only as long as the gradients have their signs.',
  }),
  close('everything', 0.25, 'saliencyVariant combines all options', { case: 'smoothed-batch' }),
  close('network-batch', 0.25, 'saliencyVariant is right on the embedded network', {
    call: 'smoothed',
    tolerance: network,
  }),
  close('flat', 0.25, 'saliencyVariant is all zeros where the output depends on nothing', {
    requires: ['absolute', 'threshold'],
    call: 'thresholded',
    hint: 'Nothing is divided by the largest value, so a map of zeros stays one.',
  }),
  leftovers(0.125, 'saliencyVariant', {
    case: 'smoothed',
    call: 'smoothed',
    requires: ['absolute', 'smoothed'],
  }),
  tidyCode(0.125, { requires: ['absolute'] }),
];
