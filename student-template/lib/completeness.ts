import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';

/**
 * The two numbers that complete attributions make equal, for each image: the sum of its attributions, and the
 * difference of the label's score between the image and the baseline.
 *
 * @param attributions `[N, H, W, 3]`
 * @param images preprocessed, `[N, H, W, 3]`
 * @param labels int32, `[N]`
 * @param baseline `[1, H, W, 3]`; default: all zeros
 * @returns both `[N]`
 */
export function completeness(
  attributions: Tensor4D,
  images: Tensor4D,
  labels: Tensor1D,
  model: Classifier,
  baseline?: Tensor4D,
): { sums: Tensor1D; differences: Tensor1D } {
  return tf.tidy(() => {
    const scoreOf = (x: Tensor4D): Tensor1D =>
      model.logits(x).mul(tf.oneHot(labels, model.classNames.length)).sum<Tensor1D>(1); // [N]
    const from = baseline ? tf.onesLike(images).mul<Tensor4D>(baseline) : tf.zerosLike(images); // [N, H, W, 3]
    return {
      sums: attributions.sum<Tensor1D>([1, 2, 3]),
      differences: scoreOf(images).sub<Tensor1D>(scoreOf(from)),
    };
  });
}

/**
 * How far these are apart, over the magnitude of the difference of the scores: 0 where attributions are complete.
 *
 * @param args as those of {@link completeness}
 * @returns `[N]`, of any sign; not finite where the score does not differ from that of the baseline
 */
export function completenessGap(...args: Parameters<typeof completeness>): Tensor1D {
  return tf.tidy(() => {
    const { sums, differences } = completeness(...args);
    return sums.sub(differences).div<Tensor1D>(differences.abs()); // [N]
  });
}
