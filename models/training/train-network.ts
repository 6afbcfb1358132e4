import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { shapeBatch } from '../../reference/lib/shapes/shape-batch.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import { squeezenet, squeezenetModules } from '../../reference/lib/models/squeezenet.ts';
import type { SqueezenetOptions } from '../../reference/lib/models/squeezenet.ts';
import { adamStep, initialState, scheduledRate } from './adam.ts';
import type { LearnerState } from './adam.ts';
import { projectedGradientDescent } from './attack.ts';
import { initialWeights } from './initial-weights.ts';
import type { Recipe } from './recipe.ts';

/** What one step saw. */
export interface StepReport {
  /** Steps taken so far. */
  readonly step: number;
  /** Mean cross-entropy of the step's pictures, attacked if the recipe says so. */
  readonly loss: number;
  /** Share of the step's pictures that were classified right before learning from them. */
  readonly accuracy: number;
}

export interface TrainingOptions {
  readonly recipe: Recipe;
  readonly seed: string;
  readonly network: SqueezenetOptions;
  /** Weights to start from. Default: random ones. */
  readonly start?: Readonly<Record<string, StoredTensor>> | undefined;
  /** Continues from here; changed in place. */
  readonly state?: LearnerState | undefined;
  /** After each step. */
  readonly onStep?: (report: StepReport, state: LearnerState) => void;
}

/**
 * Trains on a stream of pictures none of which comes twice. Everything random depends on the seed and the number
 * of the step only, so that a resumed run ends where an uninterrupted one does.
 */
export function trainNetwork(options: TrainingOptions): Record<string, StoredTensor> {
  const { recipe, seed, network, onStep } = options;
  const first =
    options.start ??
    initialWeights({
      version: network.version,
      width: recipe.width,
      classes: network.classNames.length,
      random: randomStream(`${seed}/weights`),
      scoreBias: recipe.scoreBias,
    });
  const arrays = Object.fromEntries(Object.entries(first).map(([name, { data }]) => [name, data.slice()]));
  const state = options.state ?? initialState(arrays);
  const variables = Object.fromEntries(
    Object.entries(first).map(([name, { shape }]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(state.weights[name], [...shape]))),
    ]),
  );
  const model = squeezenet(variables, network);

  while (state.step < recipe.steps) {
    const step = state.step;
    const { pixels, targets, masks } = trainingBatch(seed, step, recipe, network.classNames.length);
    const attacked = attack(step, pixels, targets);
    const { gradients, loss, accuracy } = learn(attacked, targets, masks);
    tf.dispose([pixels, targets, masks, attacked]);
    adamStep(state, gradients, { ...recipe, learningRate: scheduledRate(step, recipe) });
    for (const [name, variable] of Object.entries(variables)) {
      tf.tidy(() => variable.assign(tf.tensor(state.weights[name], variable.shape)));
    }
    onStep?.({ step: state.step, loss, accuracy }, state);
  }
  tf.dispose(variables);
  return Object.fromEntries(
    Object.entries(first).map(([name, { shape }]) => [name, { shape, data: state.weights[name] }]),
  );

  function attack(step: number, pixels: Tensor4D, targets: Tensor2D): Tensor4D {
    if (recipe.attack === undefined) return pixels;
    const { epsilon, stepSize, steps } = recipe.attack;
    const now = strength(step, recipe.attackRamp);
    const ramped = { epsilon: epsilon * now, stepSize: stepSize * now, steps };
    return projectedGradientDescent(
      model,
      { pixels, targets },
      ramped,
      randomStream(`${seed}/attack/${step}`),
    );
  }

  function learn(pixels: Tensor4D, targets: Tensor2D, masks: Tensor3D) {
    let accuracy = 0;
    let loss = 0;
    const { value, grads } = tf.variableGrads(() => {
      const last = squeezenetModules[network.version].length - 1;
      const activation = model.features(preprocess(pixels))[last]; // [N, h, w, c]
      const logits = model.fromFeatures(activation, last); // [N, classes]
      const crossEntropy = tf.losses.softmaxCrossEntropy(targets, logits);
      accuracy = tf.tidy(() => logits.argMax(1).equal(targets.argMax(1)).mean().dataSync()[0]);
      loss = crossEntropy.dataSync()[0];
      // What each place adds to the scores, [N, h, w, classes], for or against.
      const evidence = tf.conv2d(activation, variables['classifier.1.weight'] as Tensor4D, 1, 'valid').abs();
      const background = tf.sub(1, coverage(masks, evidence.shape[1])); // [N, h, w, 1]
      // The constant keeps a picture without any evidence from dividing by zero.
      const offObject = evidence
        .mul(background)
        .sum([1, 2, 3])
        .div(evidence.sum([1, 2, 3]).add(1)); // [N]
      const penalty = offObject
        .mean()
        .mul(recipe.backgroundPenalty * strength(state.step, recipe.penaltyRamp));
      return crossEntropy.add(penalty) as tf.Scalar;
    }, Object.values(variables));
    const gradients = Object.fromEntries(
      Object.entries(variables).map(([name, variable]) => [name, grads[variable.name].dataSync<'float32'>()]),
    );
    tf.dispose([value, ...Object.values(grads)]);
    return { gradients, loss, accuracy };
  }
}

/** Rises from 0 to 1 between two steps. */
function strength(step: number, [from, to]: readonly [number, number] = [0, 0]): number {
  return Math.min(1, Math.max(0, (step + 1 - from) / (to + 1 - from)));
}

/** The pictures of one step, their classes, one-hot, and their masks `[N, size, size]`. */
function trainingBatch(seed: string, step: number, { batch, size }: Recipe, classes: number) {
  const drawn = shapeBatch({ seed: `${seed}/train`, start: step * batch, count: batch, size });
  return {
    pixels: tf.tensor4d(drawn.images, [batch, size, size, 3]),
    targets: tf.tidy(() => tf.oneHot(drawn.labels, classes).toFloat() as Tensor2D),
    masks: tf.tensor3d(drawn.masks, [batch, size, size]),
  };
}

/** The share of each of `cells * cells` parts of a picture that its object covers, `[N, cells, cells, 1]`. */
function coverage(masks: Tensor3D, cells: number): Tensor4D {
  const [batch, size] = masks.shape;
  // Row i of the matrix takes the mean of the pixels whose centres lie in part i.
  const mean = tf.tidy(() => {
    const part = tf
      .range(0, size, 1, 'int32')
      .add(0.5)
      .mul(cells / size)
      .floor()
      .toInt();
    const members = tf
      .oneHot(part.toInt() as Tensor1D, cells)
      .toFloat()
      .transpose<Tensor2D>(); // [cells, size]
    return members.div(members.sum(1, true));
  });
  const rows = tf.matMul(mean.expandDims(0).tile([batch, 1, 1]), masks); // [N, cells, size]
  return tf.matMul(rows, mean.expandDims(0).tile([batch, 1, 1]), false, true).expandDims<Tensor4D>(3);
}
