import * as tf from '@tensorflow/tfjs';
import type { StyleTransferTargets } from '../../contract/style-transfer.ts';
import type { Weighting } from './settings.ts';

/** Sum of squares. */
const squares = (x: tf.Tensor): number => tf.tidy(() => x.square().sum().dataSync()[0]);

/**
 * Turns relative weights into those that the losses take. Networks differ in how large their features are, and the
 * style loss grows with the fourth power of that. In relative units the content loss is 1 for an image without
 * features, each style loss about 1 for the content image, and the total variation is counted per value of the image.
 *
 * @param relative layers, with weights in relative units.
 * @param targets what the image is to be compared with.
 * @param ofContent the same for the content image as its own style: its Gram matrices.
 * @param size number of values of the image, `H * W * 3`.
 */
export function weightsFor(
  relative: Weighting,
  {
    targets,
    ofContent,
    size,
  }: {
    readonly targets: StyleTransferTargets;
    readonly ofContent: StyleTransferTargets;
    readonly size: number;
  },
): Weighting {
  const scales = targets.styles.map((style, i) => squares(style) + squares(ofContent.styles[i]));
  return {
    ...relative,
    contentWeight: relative.contentWeight / squares(targets.content),
    styleWeights: relative.styleWeights.map((weight, i) => weight / scales[i]),
    tvWeight: relative.tvWeight / size,
  };
}
