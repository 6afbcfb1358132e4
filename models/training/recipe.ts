import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import type { Attack } from './attack.ts';

/** How one embedded network is trained. Learning rates and the strength of the attack are those at their peak. */
export interface Recipe {
  /** Factor on SqueezeNet's number of filters. */
  readonly width: number;
  /** Height and width of the pictures in pixels. */
  readonly size: number;
  /** The network whose weights training starts from. Default: none, random weights. */
  readonly startsFrom?: EmbeddedModel;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Steps over which the learning rate rises to its peak, from which it falls to zero along a cosine. */
  readonly warmUp: number;
  /** Gradients of a larger norm are clipped to this. */
  readonly largestGradient: number;
  /** Bias that the scores start with; see `initial-weights.ts`. */
  readonly scoreBias: number;
  /**
   * Weight of the share of the evidence, for or against any class, that lies off the object. The answer should
   * rest on the object, so that there is something right for an explanation to find (Ross et al. 2017, "Right
   * for the right reasons").
   */
  readonly backgroundPenalty: number;
  /** Steps between which the penalty rises to its weight; in full from the start it keeps a network from learning. */
  readonly penaltyRamp?: readonly [from: number, to: number];
  /** The attack on each picture before the network learns from it; its strength rises between the steps of `attackRamp`. */
  readonly attack?: Attack;
  readonly attackRamp?: readonly [from: number, to: number];
}

const shared = {
  width: 1 / 4,
  size: 128,
  batch: 64,
  warmUp: 100,
  largestGradient: 1,
  scoreBias: 10,
  backgroundPenalty: 1,
};

export const recipes: Readonly<Record<EmbeddedModel, Recipe>> = {
  standard: { ...shared, steps: 1600, learningRate: 3e-3, penaltyRamp: [300, 600] },
  robust: {
    ...shared,
    startsFrom: 'standard',
    steps: 900,
    learningRate: 2e-3,
    attack: { epsilon: 8 / 255, stepSize: 5 / 255, steps: 2 },
    attackRamp: [0, 400],
  },
};

/** What both networks are measured under. */
export const evaluationAttack: Attack = {
  epsilon: 8 / 255,
  stepSize: 2 / 255,
  steps: 10,
  objective: 'margin',
};

/** The streams of pictures and the default seed; the test's pictures are in no other stream. */
export const defaultSeed = 'shapes-2026';
export const testPictures = 2000;
