import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { shuffledBatches } from '../lib/clever-hans/batches.ts';
import type { MarkKind } from '../lib/clever-hans/marks.ts';
import type { LabelledImages, MarkReliance, TrainedNetwork, TrainingOptions } from '../contract/clever-hans.ts';
import { NotImplementedError } from '../contract/not-implemented-error.ts';

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
  throw new NotImplementedError('addMark');
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
  throw new NotImplementedError('trainClassifier');
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
  throw new NotImplementedError('markReliance');
}
