import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { computeSaliencyMaps } from '../saliency-map/saliency-map.ts';
import { shuffledBatches } from './batches.ts';
import { markColours, markForm } from './marks.ts';
import type { MarkKind } from './marks.ts';
import { smallNetwork } from './small-network.ts';
import type { LabelledImages, MarkReliance, TrainedNetwork, TrainingOptions } from './contract.ts';

/**
 * Puts a mark on pictures: the hint by which a network can cheat.
 *
 * A `square` or `watermark` is painted over the picture `P` with the colour `c` (`markColours`), where its form `A`
 * (`markForm`, in [0, 1]) covers it; `lightness` adds its form `A` (in [-1, 1]) and keeps the result in [0, 1]:
 *
 *     painted:    P + s * A * (c - P)
 *     lightness:  clip(P + s * A, 0, 1)
 *
 * @param images pixels `P` in [0, 1] (not preprocessed), shape `[N, H, W, 3]`.
 * @param kind which mark.
 * @param strength `s` in [0, 1]: the opacity of what is painted, or the largest change of the lightness.
 * @returns the marked pixels, shape `[N, H, W, 3]`, in [0, 1].
 */
export function addMark(images: tf.Tensor4D, kind: MarkKind, strength: number): tf.Tensor4D {
  // TODO: lib/clever-hans/marks.ts has markForm and markColours. Over which axes must each of them broadcast?
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const [, height, width] = images.shape;
    const form = markForm(kind, height, width).mul(strength); // s * A: [H, W, 1]
    if (kind === 'lightness') return tf.clipByValue(images.add(form), 0, 1); // [N, H, W, 3]
    const colour = tf.tensor1d(markColours[kind]); // c: [3]
    return images.add(form.mul(colour.sub(images))); // [N, H, W, 3]
  });
  // END SOLUTION
}

/**
 * Trains a small network: gradient descent with momentum on the mean cross-entropy of each batch,
 *
 *     L(w) = mean over the batch of -log softmax(s(I; w))_y
 *     v <- momentum * v + d L / d w,     w <- w - learningRate * v
 *
 * from `v = 0` and the weights `options.initial`, which stay as they are.
 *
 * @param data preprocessed images `I`, shape `[N, H, W, 3]`, and their labels `y`, int32, shape `[N]`.
 * @param options see {@link TrainingOptions}.
 * @returns the weights after the last step, under the names and in the shapes of the initial ones, and the loss of
 *   each step's batch before that step.
 */
export function trainClassifier(data: LabelledImages, options: TrainingOptions): TrainedNetwork {
  const { initial, learningRate, momentum, batchSize, epochs, seed } = options;
  const batches = shuffledBatches({ count: data.labels.shape[0], batchSize, epochs, seed }); // indices into the data
  // TODO: tf.gather picks a batch, smallNetwork of lib/clever-hans/small-network.ts makes a classifier of weights, and
  // tf.valueAndGrads differentiates with respect to all of them at once. Keep an eye on tensors that nobody disposes of.
  // BEGIN SOLUTION
  const names = Object.keys(initial);
  let weights = names.map((name) => initial[name].clone());
  let velocities = weights.map((weight) => tf.zerosLike(weight));
  const losses = batches.map((batch) => {
    const step = tf.tidy(() => {
      const chosen = tf.tensor1d(batch, 'int32');
      const images = tf.gather(data.images, chosen); // [B, H, W, 3]
      const labels = tf.gather(data.labels, chosen); // [B]
      const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
        const named = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
        const logits = smallNetwork(named).logits(images); // s: [B, classes]
        const right = tf.oneHot(labels, logits.shape[1]); // [B, classes]
        return tf.logSoftmax(logits).mul(right).sum(1).mean<tf.Scalar>().neg(); // []
      };
      const { value, grads } = tf.valueAndGrads(loss)(weights);
      const nextVelocities = velocities.map((velocity, i) => velocity.mul(momentum).add(grads[i]));
      const nextWeights = weights.map((weight, i) => weight.sub(nextVelocities[i].mul(learningRate)));
      return { value, weights: nextWeights, velocities: nextVelocities };
    });
    tf.dispose([weights, velocities]);
    ({ weights, velocities } = step);
    const [loss] = step.value.dataSync();
    step.value.dispose();
    return loss;
  });
  tf.dispose(velocities);
  return {
    weights: Object.fromEntries(names.map((name, i): [string, tf.Tensor] => [name, weights[i]])),
    losses,
  };
  // END SOLUTION
}

/**
 * How much a network relies on a mark, asked in two ways (Lapuschkin et al., "Unmasking Clever Hans predictors and
 * assessing what machines really learn", 2019). By introspection: the share of the saliency map `M` of each marked
 * picture that lies in the mark's region `R`; and by experiment: how far the score falls when the mark is taken away,
 *
 *     share = sum_ij R_ij M_ij / sum_ij M_ij,     drop = s_y(marked) - s_y(unmarked)
 *
 * A map that is 0 everywhere has the share 0.
 *
 * @param model the classifier to look into.
 * @param images the same preprocessed pictures with and without the mark, each `[N, H, W, 3]`.
 * @param label the class `y` whose pictures were marked for training.
 * @param region `R`, shape `[H, W]`, 1 inside and 0 outside (`markRegion`).
 * @returns the saliency maps of the marked pictures, `[N, H, W]`, and share and drop of each picture, both `[N]`.
 */
export function markReliance(
  model: Classifier,
  images: { readonly marked: tf.Tensor4D; readonly unmarked: tf.Tensor4D },
  label: number,
  region: tf.Tensor2D,
): MarkReliance {
  // TODO: your computeSaliencyMaps of visualizers/saliency-map.ts gives the maps. Each picture has a share of its own.
  // BEGIN SOLUTION
  return tf.tidy(() => {
    const { marked, unmarked } = images;
    const count = marked.shape[0];
    const labels = tf.tensor1d(Array<number>(count).fill(label), 'int32'); // y: [N]
    const maps = computeSaliencyMaps(marked, labels, model); // M: [N, H, W]
    const inside = maps.mul(region).sum([1, 2]); // [N]
    const share = inside.divNoNan<tf.Tensor1D>(maps.sum([1, 2])); // [N]
    const score = (x: tf.Tensor4D): tf.Tensor => model.logits(x).gather([label], 1).squeeze([1]); // s_y: [N]
    const drop = score(marked).sub<tf.Tensor1D>(score(unmarked)); // [N]
    return { maps, share, drop };
  });
  // END SOLUTION
}
