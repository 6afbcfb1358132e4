import type { Tensor4D } from '@tensorflow/tfjs';
import type { ScoreOutput } from './saliency-variants.ts';

/** What is made as large as it gets: an output for a class, or a channel of a hidden layer. */
export type Objective =
  | { readonly kind: 'class'; readonly label: number; readonly output: ScoreOutput }
  | {
      readonly kind: 'feature';
      /** Which of `model.features(images)`. */
      readonly layer: number;
      readonly channel: number;
    };

/** How a gradient becomes a step. */
export type Optimizer =
  | { readonly kind: 'ascent'; readonly learningRate: number }
  | { readonly kind: 'momentum'; readonly learningRate: number; readonly momentum: number }
  | {
      readonly kind: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** Adam with the settings of its authors (Kingma and Ba, 2015). */
export function adam(learningRate: number): Extract<Optimizer, { kind: 'adam' }> {
  return { kind: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
}

/** What an optimizer remembers from one step to the next. A type, so that tf.tidy may return it. */
export type OptimizerState = {
  /** The number of steps made so far. */
  readonly step: number;
  /** The velocity of momentum, or Adam's running mean of the gradient; shape of the image. */
  readonly first: Tensor4D;
  /** Adam's running mean of the squared gradient; shape of the image. */
  readonly second: Tensor4D;
};

/** What makes an image look more natural than its score asks for. `I` is the preprocessed image. */
export interface Regularizers {
  /** Weight of the penalty `sum(I^2)`, which pulls towards the mean colour. */
  readonly l2?: number;
  /** Weight of the penalty on the squared differences of neighbouring pixels of `I`. */
  readonly tv?: number;
  /** Blur after every so many steps, by a Gaussian of standard deviation `sigma` in pixels. */
  readonly blur?: { readonly every: number; readonly sigma: number };
  /** In each step the network sees the image shifted by up to so many pixels in each direction. */
  readonly jitter?: number;
}

/** How an optimal image is sought. */
export interface MaximizationOptions {
  /** Pixels to start from, `[1, H, W, 3]` in [0, 1]. */
  readonly start: Tensor4D;
  /** The number of steps. */
  readonly steps: number;
  /**
   * What keeps pixels in [0, 1]. `clip`: the variable is the pixels, clipped after each step; `sigmoid`: the pixels
   * are the sigmoid of the variable.
   */
  readonly parametrization: 'clip' | 'sigmoid';
  /** How a gradient becomes a step. */
  readonly optimizer: Optimizer;
  /** Default: none. */
  readonly regularizers?: Regularizers;
  /** Seed of the shifts. */
  readonly seed?: string | number;
}

/** What comes out. */
export interface Maximization {
  /** Pixels, `[1, H, W, 3]` in [0, 1]. */
  readonly image: Tensor4D;
  /** The objective of the start, then after each step: `steps + 1` numbers, penalties and shifts left out. */
  readonly scores: number[];
}
