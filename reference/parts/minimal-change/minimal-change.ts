import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { gradientOf } from '../../lib/gradient.ts';
import { clampToValid } from '../../lib/picture/preprocess.ts';
import type { MinimalChange, MinimalChangeOptions } from './contract.ts';

/**
 * What would have to be different for the model to see the target class? A counterfactual explanation (Wachter,
 * Mittelstadt and Russell, "Counterfactual explanations without opening the black box", 2018), found like an
 * adversarial example: gradient descent on the cross-entropy of the target `y` plus a price for the change,
 *
 *     L(x) = -log softmax(s(x))_y + penalty * sum( (x - x0)^2 ),     x <- valid( x - learningRate * dL/dx )
 *
 * from the original image `x0`, with `valid` the nearest image of valid colours (`clampToValid`). The higher the
 * penalty, the smaller the change, until it is too small to convince the model.
 *
 * @param image the preprocessed original `x0`, shape `[1, H, W, 3]`; it is neither changed nor disposed of.
 * @param target the class `y` that the model should see, such as the correct class of a picture that it gets wrong.
 * @param model the classifier to convince; its weights stay as they are.
 * @param options see {@link MinimalChangeOptions}.
 * @returns the changed image, its difference from the original, the target's probability over the steps, and whether
 *   the target was reached.
 */
export function minimalChange(
  image: tf.Tensor4D,
  target: number,
  model: Classifier,
  { penalty, steps, learningRate }: MinimalChangeOptions,
): MinimalChange {
  // TODO: the loss as a function of the image, and steps down its gradient (gradientOf of lib/gradient.ts). A tf.tidy
  // around each step keeps the memory small; which images are left for you to dispose of?
  // BEGIN SOLUTION
  const loss = (x: tf.Tensor): tf.Tensor => {
    const logProbabilities = tf.logSoftmax(model.logits(x)); // [1, classes]
    const crossEntropy = logProbabilities.slice([0, target], [1, 1]).sum().neg(); // []
    return crossEntropy.add(x.sub(image).square().sum().mul(penalty)); // L: []
  };
  const probabilitiesOf = (x: tf.Tensor4D): number[] => {
    const all = tf.tidy(() => model.logits(x).softmax()); // [1, classes]
    const values = Array.from(all.dataSync());
    all.dispose();
    return values;
  };

  let changed = image.clone(); // x: [1, H, W, 3]
  let last = probabilitiesOf(changed);
  const probabilities = [last[target]];
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() => clampToValid(changed.sub(gradientOf(loss, changed).mul(learningRate)))); // [1, H, W, 3]
    changed.dispose();
    changed = next;
    last = probabilitiesOf(changed);
    probabilities.push(last[target]);
  }
  const reached = last[target] === Math.max(...last);
  return { image: changed, difference: tf.sub(changed, image), probabilities, reached };
  // END SOLUTION
}
