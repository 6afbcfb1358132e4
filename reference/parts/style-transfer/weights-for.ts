import * as tf from '@tensorflow/tfjs';
import type { StyleTransferTargets } from './contract.ts';
import type { Weighting } from './settings.ts';

/**
 * Turns relative weights into those that the losses take. Networks differ in how large their features are, and the
 * style loss grows with the fourth power of that. In relative units each loss is 1 where the image has features, or a
 * Gram matrix, of zeros; the total variation is counted per value of the image.
 *
 * @param size number of values of the image, `H * W * 3`.
 */
export function weightsFor(relative: Weighting, targets: StyleTransferTargets, size: number): Weighting {
  const squares = (x: tf.Tensor): number => tf.tidy(() => x.square().sum().dataSync()[0]);
  return {
    ...relative,
    contentWeight: relative.contentWeight / squares(targets.content),
    styleWeights: relative.styleWeights.map((weight, i) => weight / squares(targets.styles[i])),
    tvWeight: relative.tvWeight / size,
  };
}
