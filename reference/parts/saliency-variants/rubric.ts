import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, network, networkGradient } from '../../rubrics/tolerances.ts';
import { saliencyVariants } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(saliencyVariants, { tolerance: exact });

/** How the code is written counts once the maps are maps of something. */
const honestMaps = {
  requires: ['class-matters'],
  plausible: [{ case: 'linear', value: { call: 'absolute' } }],
};

export const saliencyVariantsRubric = ({ words }: PairRole): readonly CheckDefinition[] => [
  close('absolute', 0.25, 'saliencyVariant without options is the plain saliency map', {
    case: 'linear',
    hint: 'The largest magnitude of the three channels of the gradient of the score.',
  }),
  property('class-matters', 0, 'saliencyVariant gives another map for another class', {
    case: 'linear',
    call: 'absolute',
    name: 'the maps of the given classes',
    holds: {
      property: 'distance',
      to: { result: { call: 'other-classes' }, name: 'those of other classes' },
      metric: 'relative',
      atLeast: 0.1,
    },
    hint: 'The labels say which output to differentiate.',
  }),
  close('signed', 0.125, 'saliencyVariant keeps the sign and sums the channels', {
    case: 'linear',
    hint: 'No magnitude anywhere: positive where a lighter pixel raises the output, negative where it lowers it.',
  }),
  close('softmax', 0.25, 'saliencyVariant explains the probability of the class', {
    case: 'linear',
    hint: 'Differentiate the probability itself: take the softmax inside the function whose gradient you take.',
  }),
  close('log-softmax', 0.125, 'saliencyVariant explains the log-probability of the class', {
    case: 'linear',
    hint: 'Differentiate the logarithm of the probability itself: take the log-softmax inside the function whose gradient you take.',
  }),
  close('threshold', 0.125, 'saliencyVariant sets what is below the threshold to 0', {
    case: 'linear',
    hint: 'The threshold is a share of the largest magnitude of the same map; what is above it stays as it is.',
  }),
  close('smoothed', 0.375, 'saliencyVariant averages the gradient over the noisy copies', {
    hint: 'The mean of the gradients at noisyCopy(images, k, smoothing) for k from 0 to samples - 1.',
  }),
  picture('picture', 0.125, `the maps of ${words.standard} look as they should`, {
    case: 'network',
    file: 'saliency_variants',
    maxDifferentShare: 0.0015,
    hint: 'Get the checks of the single variants right first.',
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
  close('log-softmax-batch', 0.125, 'saliencyVariant explains log-probabilities by magnitude', {
    case: 'outputs-batch',
    call: 'log-softmax',
    hint: 'The output and the sign are two options: each goes with each.',
  }),
  close(
    'unlikely',
    0.125,
    'saliencyVariant explains the log-probability of a class that is next to impossible',
    {
      call: 'map',
      hint: {
        values: 'Let tf.logSoftmax take the logarithm: nothing is added to the probability.',
        'not-finite':
          'The logarithm of a probability that has become 0 is no number: tf.logSoftmax avoids that.',
      },
    },
  ),
  close('threshold-batch', 0.25, 'saliencyVariant applies the threshold to each image by its own maximum', {
    case: 'outputs-batch',
    call: 'threshold',
    hint: 'In a batch every image has its own largest value; a signed map is cut by magnitude.',
  }),
  close('threshold-boundary', 0.125, 'saliencyVariant keeps what is exactly at the threshold', {
    case: 'boundary',
    call: 'half',
    requires: ['threshold'],
    hint: 'Only what is below the threshold becomes 0.',
  }),
  close('only-the-largest', 0.125, 'saliencyVariant keeps the largest values at a threshold of 1', {
    case: 'boundary',
    call: 'whole',
    requires: ['signed'],
    hint: 'Only what is below the threshold becomes 0, by magnitude: the largest values stay with their signs.',
  }),
  close('smoothed-batch', 0.5, 'saliencyVariant averages first and takes the magnitude of the average', {
    call: 'smoothed',
    hint: 'Noise cancels only as long as the gradients have their signs.',
  }),
  close('one-copy', 0.125, 'saliencyVariant looks at the noisy copy where it is the only one', {
    case: 'smoothed-batch',
    hint: 'With smoothing, the images without noise are none of the copies.',
  }),
  close('everything', 0.25, 'saliencyVariant combines all options', {
    case: 'smoothed-batch',
    hint: 'Average the gradients of the output that is asked for, make one value of the channels, and apply the threshold last.',
  }),
  close('network-batch', 0.125, `saliencyVariant is right on ${words.standard}`, {
    call: 'smoothed',
    tolerance: network,
    hint: 'Each image has its own label, its own noise and its own largest value.',
  }),
  close('network-probability', 0.125, `saliencyVariant explains probabilities of ${words.standard}`, {
    case: 'network-batch',
    call: 'probability',
    tolerance: networkGradient,
    hint: 'Differentiate the probability itself, and sum the channels of its gradient.',
  }),
  close('flat', 0.125, 'saliencyVariant is all zeros where the output depends on nothing', {
    requires: ['absolute', 'threshold'],
    call: 'thresholded',
    hint: {
      values: 'A gradient of 0 makes a map of zeros; the maps of the other images stay as they are.',
      'not-finite': 'Nothing is divided by the largest value, so a map of zeros stays one.',
    },
  }),
  leftovers(0.125, 'saliencyVariant', {
    id: 'plain-leftovers',
    case: 'linear',
    call: 'absolute',
    ...honestMaps,
  }),
  leftovers(0.125, 'saliencyVariant', {
    title: 'saliencyVariant with smoothing leaves no tensors behind, and its arguments as they were',
    case: 'smoothed',
    call: 'smoothed',
    requires: ['class-matters'],
    plausible: [{ case: 'smoothed', value: { call: 'smoothed' } }],
  }),
  tidyCode(0.125, honestMaps),
];
