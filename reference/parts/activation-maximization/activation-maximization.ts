import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { blur } from '../../lib/ascent/blur.ts';
import { jitter, jitterOffsets } from '../../lib/ascent/jitter.ts';
import { gradientOf } from '../../lib/gradient.ts';
import { preprocess } from '../../lib/picture/preprocess.ts';
import type {
  Maximization,
  MaximizationOptions,
  Objective,
  Optimizer,
  OptimizerState,
  Regularizers,
} from './contract.ts';
import { inverseSigmoid } from './pixels.ts';

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
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const images = preprocess(pixels); // I: [1, H, W, 3]
    if (objective.kind === 'feature') {
      const activation = model.features(images)[objective.layer]; // A: [1, h, w, K]
      const channel = activation.slice([0, 0, 0, objective.channel], [-1, -1, -1, 1]); // [1, h, w, 1]
      return channel.mean<tf.Scalar>(); // []
    }
    const scores = model.logits(images); // s: [1, classes]
    const { label, output } = objective;
    const softened = output === 'softmax' ? tf.softmax(scores) : tf.logSoftmax(scores); // [1, classes]
    const outputs = output === 'logit' ? scores : softened;
    return outputs.slice([0, label], [1, 1]).sum<tf.Scalar>(); // []
  });
  // END SOLUTION
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
  // BEGIN SOLUTION
  const step = state.step + 1; // t
  return tf.tidy(() => {
    switch (optimizer.kind) {
      case 'ascent': {
        const change = gradient.mul<tf.Tensor4D>(optimizer.learningRate); // [1, H, W, 3], as everything here
        return { change, state: { step, first: state.first.clone(), second: state.second.clone() } };
      }
      case 'momentum': {
        const first = state.first.mul(optimizer.momentum).add<tf.Tensor4D>(gradient); // v
        const change = first.mul<tf.Tensor4D>(optimizer.learningRate);
        return { change, state: { step, first, second: state.second.clone() } };
      }
      case 'adam': {
        const { learningRate, beta1, beta2, epsilon } = optimizer;
        const first = state.first.mul(beta1).add<tf.Tensor4D>(gradient.mul(1 - beta1)); // m
        const second = state.second.mul(beta2).add<tf.Tensor4D>(gradient.square().mul(1 - beta2)); // v
        const mean = first.div(1 - beta1 ** step); // m^
        const deviation = second.div(1 - beta2 ** step).sqrt(); // sqrt(v^)
        const change = mean.mul(learningRate).div<tf.Tensor4D>(deviation.add(epsilon));
        return { change, state: { step, first, second } };
      }
    }
  });
  // END SOLUTION
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
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const image = preprocess(pixels); // I: [1, H, W, 3]
    const [, height, width] = image.shape;
    const down = image.slice([0, 1], [-1, height - 1]).sub(image.slice([0, 0], [-1, height - 1])); // [1, H-1, W, 3]
    const right = image
      .slice([0, 0, 1], [-1, -1, width - 1])
      .sub(image.slice([0, 0, 0], [-1, -1, width - 1])); // [1, H, W-1, 3]
    const variation = down.square().sum().add(right.square().sum()); // []
    return image.square().sum().mul(l2).add<tf.Scalar>(variation.mul(tv)); // []
  });
  // END SOLUTION
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
  // BEGIN SOLUTION
  const clipped = parametrization === 'clip';
  const pixelsOf = (z: tf.Tensor4D): tf.Tensor4D => (clipped ? z : tf.sigmoid(z));
  const scoreOf = (z: tf.Tensor4D): number =>
    tf.tidy(() => objectiveScore(pixelsOf(z), objective, model).dataSync()[0]);
  const { l2, tv, blur: blurring } = regularizers;
  const isPenalized = l2 !== undefined || tv !== undefined;

  let variable = clipped ? start.clone() : inverseSigmoid(start); // z: [1, H, W, 3]
  let state: OptimizerState = { step: 0, first: tf.zerosLike(start), second: tf.zerosLike(start) };
  const scores = [scoreOf(variable)];
  for (const [t, [down, right]] of offsets.entries()) {
    const climb = (z: tf.Tensor4D): tf.Tensor => {
      const pixels = pixelsOf(z); // [1, H, W, 3]
      const score = objectiveScore(jitter(pixels, down, right), objective, model);
      return isPenalized ? score.sub(regularizationPenalty(pixels, regularizers)) : score; // []
    };
    const next = tf.tidy(() => {
      const gradient = gradientOf(climb, variable); // [1, H, W, 3]
      const { change, state: remembered } = optimizerStep(gradient, state, optimizer);
      const moved = variable.add<tf.Tensor4D>(change); // [1, H, W, 3]
      const valid = clipped ? tf.clipByValue(moved, 0, 1) : moved;
      const isBlurred = blurring && (t + 1) % blurring.every === 0;
      return { z: isBlurred ? blur(valid, blurring.sigma) : valid, state: remembered };
    });
    tf.dispose([variable, state.first, state.second]);
    variable = next.z;
    state = next.state;
    scores.push(scoreOf(variable));
  }
  const image = tf.tidy(() => pixelsOf(variable).clone());
  tf.dispose([variable, state.first, state.second]);
  return { image, scores };
  // END SOLUTION
}
