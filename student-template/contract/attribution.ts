import type { Tensor4D } from '@tensorflow/tfjs';

/** How `attribute` looks at the images. */
export interface AttributionOptions {
  /** The factor by which an image is multiplied before its gradient is taken, from 0.01 to 1. Default: 1. */
  readonly scale?: number;
}

/** How `integratedGradients` adds up. */
export interface IntegrationOptions {
  /** The number of points on the way from the baseline to the image. Default: 32. */
  readonly steps?: number;
  /** Where the way begins, `[1, H, W, 3]`, preprocessed. Default: all zeros, which is the mean colour. */
  readonly baseline?: Tensor4D;
}

/** What `attribute` goes by where an option is left out. */
export const attributionDefaults = { scale: 1 } as const;

/** What `integratedGradients` goes by where an option is left out. */
export const integrationDefaults = { steps: 32 } as const;
