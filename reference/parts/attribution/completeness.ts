import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';

/**
 * How far attributions are from complete: for each image, the sum of its attributions minus the difference of the
 * label's score between the image and the baseline, over the magnitude of that difference. 0 where they are complete.
 *
 * @param attributions `[N, H, W, 3]`
 * @param images preprocessed, `[N, H, W, 3]`
 * @param labels int32, `[N]`
 * @param baseline `[1, H, W, 3]`; default: all zeros
 * @returns `[N]`
 */
export function completenessGap(
  attributions: Tensor4D,
  images: Tensor4D,
  labels: Tensor1D,
  model: Classifier,
  baseline?: Tensor4D,
): Tensor1D {
  return tf.tidy(() => {
    const scoreOf = (x: Tensor4D): Tensor1D =>
      model.logits(x).mul(tf.oneHot(labels, model.classNames.length)).sum<Tensor1D>(1); // [N]
    const from = baseline ? tf.onesLike(images).mul<Tensor4D>(baseline) : tf.zerosLike(images); // [N, H, W, 3]
    const difference = scoreOf(images).sub(scoreOf(from)); // [N]
    return attributions.sum([1, 2, 3]).sub(difference).div<Tensor1D>(difference.abs()); // [N]
  });
}
