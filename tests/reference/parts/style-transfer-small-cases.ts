import * as tf from '@tensorflow/tfjs';
import type { TensorData } from '../../../grader/assignment/define.ts';
import { assignment } from '../../../reference/assignment.ts';
import { embeddedRoles } from '../../../reference/cases/embedded-roles.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { styleTransferCases } from '../../../reference/parts/style-transfer/cases.ts';
import {
  courseSchedule,
  type Schedule,
  type StyleTransferOptions,
  type StyleTransferTargets,
} from '../../../reference/parts/style-transfer/contract.ts';
import { four, three } from './case-tensors.ts';
import { gram, squaredDistance, variation } from './float64-losses.ts';
import { convolve, type Values } from './float64-networks.ts';

/** The cases of the part, of which the small ones have a network of one convolution. */
export const cases = styleTransferCases(assignment.seed, embeddedRoles);

export const weights = { content: 5e-2, style: 30, tv: 4e-2 };
export const optionsWith = (schedule: Schedule = courseSchedule): StyleTransferOptions => ({
  contentLayer: 0,
  contentWeight: weights.content,
  styleLayers: [0],
  styleWeights: [weights.style],
  tvWeight: weights.tv,
  schedule,
});
export const modelOf = (inputs: Record<string, TensorData>): Classifier =>
  oneConvolution(four(inputs.filters), tf.zeros([inputs.filters.shape[3], 2]));
export const targetsOf = (inputs: Record<string, TensorData>): StyleTransferTargets => ({
  content: four(inputs['content-target']),
  styles: [three(inputs['style-target'])],
});

/** The loss, term by term, in loops. */
export function lossInLoops(image: Values, inputs: Record<string, Values>): number {
  const features = convolve(image, inputs.filters);
  const content = weights.content * squaredDistance(features, inputs['content-target']);
  const style = weights.style * squaredDistance(gram(features), inputs['style-target']);
  return content + style + weights.tv * variation(image);
}
