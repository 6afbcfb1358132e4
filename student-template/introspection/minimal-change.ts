import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import type { MinimalChange, MinimalChangeOptions } from '../contract/minimal-change.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

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
  throw new NotImplementedError('minimalChange');
}
