import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import type { RandomStream } from '../../reference/lib/random.ts';

/** Lengths are in pixel values of pictures in [0, 1]. */
export interface Attack {
  /** Maximum change of any channel of a pixel. */
  readonly epsilon: number;
  readonly stepSize: number;
  readonly steps: number;
  /**
   * What the steps increase. `cross-entropy` is what networks are trained on, but where one is very sure, its
   * gradient vanishes in float32 and the attack stalls; `margin`, the highest other score minus the true class's
   * (Carlini and Wagner 2017), does not saturate. Default: cross-entropy.
   */
  readonly objective?: 'cross-entropy' | 'margin';
}

/** Subtracted from the true class's score, so that another one is the maximum. */
const beyondAnyScore = 1e6;

/**
 * Projected gradient descent (Madry et al. 2018, "Towards deep learning models resistant to adversarial
 * attacks"): from a random point in the box of half-width epsilon around a picture, steps along the sign of the
 * objective's gradient, each followed by a projection into the box and into [0, 1].
 *
 * @param pixels `[N, H, W, 3]` in [0, 1].
 * @param targets `[N, classes]`, one-hot.
 * @returns `[N, H, W, 3]`, for the caller to dispose of.
 */
export function projectedGradientDescent(
  model: Pick<Classifier, 'logits'>,
  { pixels, targets }: { pixels: Tensor4D; targets: Tensor2D },
  { epsilon, stepSize, steps, objective = 'cross-entropy' }: Attack,
  random: RandomStream,
): Tensor4D {
  const objectiveOf = (moved: Tensor): Tensor => {
    const scores = model.logits(preprocess(moved as Tensor4D)); // [N, classes]
    if (objective === 'cross-entropy') return tf.losses.softmaxCrossEntropy(targets, scores);
    const highestOther = scores.sub(targets.mul(beyondAnyScore)).max(1); // [N]
    return highestOther.sub(scores.mul(targets).sum(1)).sum();
  };
  return tf.tidy(() => {
    const noise = tf.tensor4d(random.uniforms(pixels.size, -epsilon, epsilon), pixels.shape);
    const lowest = pixels.sub(epsilon).maximum(0);
    const highest = pixels.add(epsilon).minimum(1);
    const project = (moved: Tensor): Tensor4D => moved.maximum(lowest).minimum(highest) as Tensor4D;
    let moved = project(pixels.add(noise));
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => project(moved.add(tf.grad(objectiveOf)(moved).sign().mul(stepSize))));
      moved.dispose();
      moved = next;
    }
    return moved;
  });
}
