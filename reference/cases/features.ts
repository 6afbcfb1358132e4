import type { Argument } from '../../grader/format/call-plan.ts';
import { given } from './given.ts';
import { embedded } from './models.ts';

/** The embedded network that is painted with. */
export const embeddedNetwork = embedded('standard');

/** The embedded network's activation of an image at one layer, `[1, h, w, c]`. */
export function activation(image: Argument, layer: number): Argument {
  const module = 'lib/style-transfer/feature-statistics.ts';
  return given(module, 'activationAt', [image, embeddedNetwork, { number: layer }]);
}
