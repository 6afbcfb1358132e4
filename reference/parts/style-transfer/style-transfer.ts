import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { contentLoss } from '../content-loss/content-loss.ts';
import { gramMatrix, styleLoss } from '../style-loss/style-loss.ts';
import { tvLoss } from '../tv-loss/tv-loss.ts';
import { adamStart, adamStep } from './adam.ts';
import type {
  StyleTransferOptions,
  StyleTransferResult,
  StyleTransferState,
  StyleTransferStep,
  StyleTransferTargets,
} from './contract.ts';

/**
 * What the image is compared with in every step: the content image's features at the content layer and the style
 * image's normalized Gram matrices at the style layers.
 *
 * @param content preprocessed content image, shape `[1, H, W, 3]`.
 * @param style preprocessed style image, shape `[1, H', W', 3]`; its size may be another one.
 */
export function styleTransferTargets(
  content: tf.Tensor4D,
  style: tf.Tensor4D,
  model: Classifier,
  options: StyleTransferOptions,
): StyleTransferTargets {
  // TODO: each of the two images goes through the network once. Keep what the losses will need, and nothing else:
  // tf.tidy returns a record or a list of tensors as it returns a tensor.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const contentFeatures = model.features(content); // each [1, h, w, c]
    const styleFeatures = model.features(style); // each [1, h', w', c]
    return {
      content: contentFeatures[options.contentLayer], // P: [1, h, w, c]
      styles: options.styleLayers.map((layer) => gramMatrix(styleFeatures[layer])), // A^l: each [1, c, c]
    };
  });
  // END SOLUTION
}

/**
 * The loss that style transfer makes small (Gatys et al., CVPR 2016, with the total variation of Mahendran and
 * Vedaldi):
 *
 *     L(x) = L_c(x) + L_s(x) + L_tv(x)
 *
 * @param image `x`, the current image, preprocessed, shape `[1, H, W, 3]`.
 * @param targets what {@link styleTransferTargets} returned.
 * @returns the loss, a scalar (shape `[]`), differentiable with respect to the image.
 */
export function styleTransferLoss(
  image: tf.Tensor4D,
  targets: StyleTransferTargets,
  model: Classifier,
  options: StyleTransferOptions,
): tf.Scalar {
  // TODO: send the image through the network once and add up your three losses. Which of them looks at features, and
  // which at the image itself?
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const { contentLayer, contentWeight, styleLayers, styleWeights, tvWeight } = options;
    const features = model.features(image); // each [1, h, w, c]
    const content = contentLoss(contentWeight, features[contentLayer], targets.content); // []
    const style = styleLoss(features, styleLayers, targets.styles, styleWeights); // []
    const variation = tvLoss(image, tvWeight); // []
    return content.add(style).add<tf.Scalar>(variation);
  });
  // END SOLUTION
}

/**
 * The update rule: one step on the pixels. The network stays as it is; the image learns.
 *
 *     x <- clip(x, -limit, limit)   while step < clampUntil
 *     g  = dL / dx
 *     x <- Adam(x, g)               with learningRate, from step decayFrom on with decayedRate
 *
 * @param state the image and Adam's memory, as the step before returned them; they are not changed.
 * @param step the number of this step, from 0.
 * @param targets what {@link styleTransferTargets} returned.
 * @returns the new image, Adam's new memory, and the loss `L(x)` at the image that the gradient was taken at.
 */
export function styleTransferStep(
  state: StyleTransferState,
  step: number,
  targets: StyleTransferTargets,
  model: Classifier,
  options: StyleTransferOptions,
): StyleTransferStep {
  // TODO: the three lines above, in their order. tf.valueAndGrad gives a loss with its gradient, from one pass, and
  // adamStep of lib/adam.ts makes the step.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const { learningRate, decayedRate, decayFrom, clampUntil, limit } = options.schedule;
    const x = step < clampUntil ? tf.clipByValue(state.image, -limit, limit) : state.image; // [1, H, W, 3]
    const lossOf = (image: tf.Tensor4D): tf.Scalar => styleTransferLoss(image, targets, model, options);
    const { value, grad } = tf.valueAndGrad(lossOf)(x); // L(x): [], dL/dx: [1, H, W, 3]
    const rate = step < decayFrom ? learningRate : decayedRate;
    const next = adamStep(x, grad, { state: state.adam, rate });
    return { image: next.x, adam: next.state, loss: value };
  });
  // END SOLUTION
}

/**
 * Style transfer (Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016): an
 * image with the content of one picture and the style of another. This loop is given; it calls your functions.
 *
 * @param content preprocessed content image, shape `[1, H, W, 3]`; the result has its size.
 * @param style preprocessed style image, shape `[1, H', W', 3]`.
 */
export function styleTransfer(
  content: tf.Tensor4D,
  style: tf.Tensor4D,
  model: Classifier,
  options: StyleTransferOptions,
): StyleTransferResult {
  const targets = styleTransferTargets(content, style, model, options);
  const start = tf.clone(options.start ?? content);
  const losses: number[] = [];
  let state: StyleTransferState = { image: start, adam: adamStart(start) };
  for (let step = 0; step < options.schedule.steps; step++) {
    const { loss, ...next } = tf.tidy(() => {
      const { image, adam, loss } = styleTransferStep(state, step, targets, model, options);
      // Clones share their values; with them the old state can go, whatever of it the step has handed on.
      const { mean, square } = adam;
      return { image: image.clone(), adam: { ...adam, mean: mean.clone(), square: square.clone() }, loss };
    });
    losses.push(loss.dataSync()[0]);
    tf.dispose([state, loss]);
    state = next;
  }
  tf.dispose([state.adam, targets]);
  return { image: state.image, losses };
}
