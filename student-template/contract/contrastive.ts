import type { Tensor3D } from '@tensorflow/tfjs';
import type { Smoothing } from './saliency-variants.ts';

/** How the two maps are made. */
export const contrastMethods = ['saliency', 'grad-cam', 'smoothed'] as const;

/** One of {@link contrastMethods}. */
export type ContrastMethod = (typeof contrastMethods)[number];

/** Settings of the methods that have some. */
export interface ContrastOptions {
  /** Grad-CAM: which of the model's features. Default: the last one. */
  readonly layer?: number;
  /** Smoothed saliency: the noisy copies. Default: {@link contrastSmoothing}. */
  readonly smoothing?: Smoothing;
}

/** The noisy copies that the method `smoothed` averages over unless told otherwise. */
export const contrastSmoothing: Smoothing = { samples: 16, deviation: 0.35, seed: 'contrast' };

/** Why one class and not the other: maps of `N` images, each `[N, H, W]`. */
export interface Contrast {
  /** For the class that the model predicted. */
  readonly predicted: Tensor3D;
  /** For the class that the image really has. */
  readonly actual: Tensor3D;
  /** The first minus the second: positive where the image speaks for the prediction rather than for the truth. */
  readonly difference: Tensor3D;
}
