import type { Scalar, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { AdamState } from './adam.ts';

/** How the pixels move: 200 steps, large ones at first, small ones to settle. */
export interface Schedule {
  /** Number of steps; they count from 0. */
  readonly steps: number;
  /** Adam's rate before step `decayFrom`, in the units of a preprocessed image. */
  readonly learningRate: number;
  /** Adam's rate from step `decayFrom` on. */
  readonly decayedRate: number;
  /** The first step with the decayed rate. */
  readonly decayFrom: number;
  /** Every step before this one starts by clipping the image to `[-limit, limit]`. */
  readonly clampUntil: number;
  /** Preprocessed pixels reach from about -2.1 to 2.6; this is a range that every channel can show. */
  readonly limit: number;
}

/** The schedule of the course. */
export const courseSchedule: Schedule = {
  steps: 200,
  learningRate: 3,
  decayedRate: 0.1,
  decayFrom: 180,
  clampUntil: 190,
  limit: 1.5,
};

/** What a style transfer asks for. */
export interface StyleTransferOptions {
  /** The layer that keeps the content: an index into the model's features. */
  readonly contentLayer: number;
  /** `w_c`; 0 leaves the content out: texture synthesis. */
  readonly contentWeight: number;
  /** The layers that keep the style. */
  readonly styleLayers: readonly number[];
  /** `w_l` of each of these layers, in their order; all 0 leaves the style out: feature inversion. */
  readonly styleWeights: readonly number[];
  /** `w_t` of the total variation. */
  readonly tvWeight: number;
  /** How the pixels move. */
  readonly schedule: Schedule;
  /** The image before the first step, `[1, H, W, 3]`, preprocessed. Default: the content image. */
  readonly start?: Tensor4D;
}

/** What the current image is compared with; computed once, before the first step. */
export type StyleTransferTargets = {
  /** Features of the content image at the content layer, `[1, h, w, c]`. */
  readonly content: Tensor4D;
  /** Normalized Gram matrices of the style image, one for each style layer in its order, each `[1, c, c]`. */
  readonly styles: Tensor3D[];
};

/** What goes from one step to the next. */
export type StyleTransferState = {
  /** The current image, `[1, H, W, 3]`, preprocessed. */
  readonly image: Tensor4D;
  /** What Adam remembers. */
  readonly adam: AdamState;
};

/** What a step makes of the state. */
export type StyleTransferStep = StyleTransferState & {
  /** The loss of the image that the step started from (after clipping), shape `[]`. */
  readonly loss: Scalar;
};

/** The outcome of a whole run. */
export interface StyleTransferResult {
  /** The stylized image, `[1, H, W, 3]`, preprocessed. */
  readonly image: Tensor4D;
  /** The loss at the start of each step. */
  readonly losses: readonly number[];
}
