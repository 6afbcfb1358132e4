import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { blur } from '../../lib/ascent/blur.ts';
import { jitter, jitterOffsets } from '../../lib/ascent/jitter.ts';
import { noiseStart } from '../../lib/ascent/start.ts';
import { gradientOf } from '../../lib/gradient.ts';
import { clampToValid } from '../../lib/picture/preprocess.ts';
import { classVisualizationDefaults } from './contract.ts';
import type { ClassVisualizationOptions } from './contract.ts';

/**
 * One step of gradient ascent on the regularized score of a class (Simonyan, Vedaldi and Zisserman, "Deep Inside
 * Convolutional Networks: Visualising Image Classification Models and Saliency Maps", 2014):
 *
 *     g = d ( s_y(I) - lambda * sum(I^2) ) / d I,     I <- I + learningRate * g / norm(g)
 *
 * with `s_y` the unnormalized score (logit) of class `y` and `norm` the L2 norm over the whole picture. Where the
 * gradient is 0 everywhere, the picture stays as it is.
 *
 * @param image the preprocessed picture `I`, shape `[1, H, W, 3]`; it is neither changed nor disposed of.
 * @param target the class `y`.
 * @param model the classifier to look into.
 * @param options of these `l2Reg` (lambda) and `learningRate` matter here.
 * @returns the picture after the step, shape `[1, H, W, 3]`.
 */
export function classVisualizationStep(
  image: tf.Tensor4D,
  target: number,
  model: Classifier,
  options: ClassVisualizationOptions = {},
): tf.Tensor4D {
  const { l2Reg, learningRate } = { ...classVisualizationDefaults(model.inputSize), ...options };
  // TODO: what is to be made large, as a function of the picture? gradientOf of lib/gradient.ts differentiates it.
  // How long is the step, and what becomes of it when the norm is 0?
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const objective = (x: tf.Tensor): tf.Tensor => {
      const score = model.logits(x).slice([0, target], [1, 1]); // s_y(I): [1, 1]
      return score.sum().sub(x.square().sum().mul(l2Reg)); // s_y(I) - lambda * sum(I^2): []
    };
    const gradient = gradientOf(objective, image); // g: [1, H, W, 3]
    const norm = gradient.square().sum().sqrt(); // []
    return image.add(gradient.mul(learningRate).divNoNan(norm)); // [1, H, W, 3]
  });
  // END SOLUTION
}

/**
 * A picture that a classifier takes for the very image of a class: gradient ascent on its score, kept smooth by
 * implicit regularizers (Yosinski et al., "Understanding Neural Networks Through Deep Visualization", 2015).
 *
 * Each iteration `t`
 * 1. shifts the picture by the offset of this iteration (`jitter`),
 * 2. makes one step ({@link classVisualizationStep}),
 * 3. shifts it back by as much,
 * 4. clamps it to valid colours (`clampToValid`),
 * 5. blurs it (`blur`) if `t` is a multiple of `blurEvery`.
 *
 * @param target the class `y`.
 * @param model the classifier to look into.
 * @param options see {@link ClassVisualizationOptions}.
 * @returns the preprocessed picture after the last iteration, shape `[1, H, W, 3]`.
 */
export function createClassVisualization(
  target: number,
  model: Classifier,
  options: ClassVisualizationOptions = {},
): tf.Tensor4D {
  const settings = { ...classVisualizationDefaults(model.inputSize), ...options };
  const { iterations, blurEvery, blurSigma, maxJitter, seed, onIteration } = settings;
  const offsets = jitterOffsets({ seed, count: iterations, maxJitter }); // [down, right] for each iteration
  let image = settings.start?.clone() ?? noiseStart(model.inputSize, seed); // I: [1, H, W, 3]
  // TODO: the five things above, in each iteration; then onIteration?.(image, t), so that others can watch.
  // Which pictures are yours to dispose of?
  // BEGIN SOLUTION
  for (let t = 0; t < iterations; t++) {
    const next = tf.tidy(() => {
      const [down, right] = offsets[t];
      const shifted = jitter(image, down, right);
      const climbed = classVisualizationStep(shifted, target, model, settings);
      const valid = clampToValid(jitter(climbed, -down, -right));
      return t % blurEvery === 0 ? blur(valid, blurSigma) : valid; // [1, H, W, 3]
    });
    image.dispose();
    image = next;
    onIteration?.(image, t);
  }
  return image;
  // END SOLUTION
}
