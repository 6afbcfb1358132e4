import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { jitterOffsets } from '../lib/ascent/jitter.ts';
import type {
  Maximization,
  MaximizationOptions,
  Objective,
  Optimizer,
  OptimizerState,
  Regularizers,
} from '../contract/activation-maximization.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

/**
 * What is to be maximized, of the preprocessed pixels: the score, probability or log-probability of a class; or the
 * mean over all places of one channel of a hidden layer (bonus).
 *
 * @param pixels shape `[1, H, W, 3]`, in [0, 1]; the result must be differentiable with respect to them.
 * @returns a scalar, shape `[]`.
 */
export function objectiveScore(pixels: tf.Tensor4D, objective: Objective, model: Classifier): tf.Scalar {
  // TODO: one number. Does the network take pixels?
  // Bonus: objective.kind 'feature', from model.features.
  throw new NotImplementedError('objectiveScore');
}

/**
 * By how much to change the variable, given the gradient `g` of what is to be maximized, and what to remember. At
 * step `t` = 1, 2, ... with learning rate `eta`:
 *
 *     ascent     change = eta * g
 *     momentum   v <- mu * v + g                        change = eta * v
 *     adam       m <- beta1 * m + (1 - beta1) * g       change = eta * m^ / (sqrt(v^) + epsilon)
 *                v <- beta2 * v + (1 - beta2) * g^2     m^ = m / (1 - beta1^t),  v^ = v / (1 - beta2^t)
 *
 * (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, with the sign of ascent.)
 *
 * @param gradient shape `[1, H, W, 3]`.
 * @param state of the steps before; `first` is momentum's `v` and Adam's `m`, `second` is Adam's `v`. It is neither
 *   changed nor disposed of; what an optimizer has no use for stays as it is.
 */
export function optimizerStep(
  gradient: tf.Tensor4D,
  state: OptimizerState,
  optimizer: Optimizer,
): { change: tf.Tensor4D; state: OptimizerState } {
  // TODO: one rule after the other. Return new tensors: tf.tidy keeps those of a returned object.
  throw new NotImplementedError('optimizerStep');
}

/**
 * Bonus: the penalties on an image, with `I` the preprocessed pixels,
 *
 *     R = l2 * sum(I^2) + tv * sum of (difference of neighbours in I)^2
 *
 * neighbours being side by side or one above the other, each channel on its own. A weight that is left out is 0.
 *
 * @param pixels shape `[1, H, W, 3]`, in [0, 1].
 * @returns a scalar, shape `[]`.
 */
export function regularizationPenalty(pixels: tf.Tensor4D, { l2 = 0, tv = 0 }: Regularizers): tf.Scalar {
  // TODO (bonus): both penalties are of the preprocessed image.
  throw new NotImplementedError('regularizationPenalty');
}

/**
 * Activation maximization: an image that an objective takes for the best there is, by gradient ascent on its pixels
 * (Erhan et al., "Visualizing Higher-Layer Features of a Deep Network", 2009; Simonyan, Vedaldi and Zisserman, 2014).
 *
 * The variable `z` is the pixels or, with the sigmoid, what the pixels are the sigmoid of. Each step `t` = 0, 1, ...
 * 1. takes the gradient with respect to `z` of the objective (bonus: of the image shifted by the offset of this
 *    step, minus the penalty of the image itself),
 * 2. adds the change that the optimizer makes of it ({@link optimizerStep}),
 * 3. clips `z` to [0, 1] where the variable is the pixels,
 * 4. (bonus) blurs `z` if `t + 1` is a multiple of `blur.every`,
 * 5. notes the objective of the image as it is now.
 *
 * @returns the image as pixels and `steps + 1` scores; nothing of `options` is changed or disposed of.
 */
export function maximizeActivation(
  objective: Objective,
  model: Classifier,
  options: MaximizationOptions,
): Maximization {
  const { start, steps, parametrization, optimizer, regularizers = {}, seed = 'jitter' } = options;
  // Shifts for the bonus: [down, right] of each step, all 0 without jitter.
  const offsets = jitterOffsets({ seed, count: steps, maxJitter: regularizers.jitter ?? 0 });
  // TODO: what is the gradient taken with respect to? gradientOf of lib/gradient.ts takes it; inverseSigmoid gives the
  // start of the sigmoid's variable. A tf.tidy around each step keeps the memory small.
  throw new NotImplementedError('maximizeActivation');
}
