import type { Argument } from '../../grader/format/call-plan.ts';
import type * as statistics from '../lib/style-transfer/feature-statistics.ts';
import { templateModule } from './template-module.ts';

/** What is compared of two pictures: the activation of a layer, and its statistics. */
export const featureStatistics = templateModule<typeof statistics>(
  'lib/style-transfer/feature-statistics.ts',
);

/** A network's activation of an image at one layer, `[1, h, w, c]`. */
export function activation(image: Argument, model: Argument, layer: number): Argument {
  return featureStatistics.given('activationAt', [image, model, { number: layer }]);
}

/** All its activations up to one layer, as a list. */
export function activationsUpTo(image: Argument, model: Argument, layer: number): Argument {
  return featureStatistics.given('activationsUpTo', [image, model, { number: layer }]);
}
