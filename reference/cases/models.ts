import type { Argument } from '../../grader/format/call-plan.ts';
import type { TensorData } from '../../grader/assignment/define.ts';
import type { RandomStream } from '../lib/random.ts';
import { given } from './given.ts';
import { noise } from './tensors.ts';

/** The linear model of the case's tensor `weights`, `[H, W, 3, classes]`. */
export const linearModel = given('lib/models/linear.ts', 'linearClassifier', [{ tensor: 'weights' }]);

/** One bank of filters, ReLU, average, dense: of the case's tensors `filters` and `dense`. */
export const convolutionModel = given('lib/models/one-convolution.ts', 'oneConvolution', [
  { tensor: 'filters' },
  { tensor: 'dense' },
]);

/** Random weights for {@link convolutionModel}. */
export function convolutionWeights(stream: RandomStream, classes: number): Record<string, TensorData> {
  return { filters: noise(stream, [3, 3, 3, 6], 0.5), dense: noise(stream, [6, classes]) };
}

/** One of the embedded networks. */
export function embedded(model: 'standard' | 'robust'): Argument {
  const weights = { weights: `lib/models/weights/shapes-${model}.safetensors` };
  return given('lib/models/shapes-classifier.ts', 'shapesClassifier', [weights, { json: model }]);
}
