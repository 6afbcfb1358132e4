import type { Tensor4D } from '@tensorflow/tfjs';

/** How to look for a small change. */
export interface MinimalChangeOptions {
  /** `lambda`: what a change costs, per unit of squared difference of the preprocessed images. */
  readonly penalty: number;
  /** The number of steps. */
  readonly steps: number;
  /** Factor on the gradient in each step. */
  readonly learningRate: number;
}

/** What was found. */
export interface MinimalChange {
  /** The changed image, preprocessed, `[1, H, W, 3]`, with valid colours. */
  readonly image: Tensor4D;
  /** The changed image minus the original, `[1, H, W, 3]`. */
  readonly difference: Tensor4D;
  /** The target's probability before the first step and after each one: `steps + 1` numbers in [0, 1]. */
  readonly probabilities: number[];
  /** Whether the model takes the changed image for the target: no class has a higher score. */
  readonly reached: boolean;
}
