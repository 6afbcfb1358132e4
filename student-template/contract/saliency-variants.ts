/**
 * Which number of a class is explained: its raw score, its probability, or the logarithm of its probability. The
 * last two depend on the scores of all classes.
 */
export type ScoreOutput = 'logit' | 'softmax' | 'log-softmax';

/** How to average a map over noisy copies of the image. */
export interface Smoothing {
  /** The number of copies. */
  readonly samples: number;
  /** Standard deviation of the noise, in units of the preprocessed image. */
  readonly deviation: number;
  /** The same seed gives the same noise. */
  readonly seed: string | number;
}

/** One of the ways to make and show a saliency map; whatever is left out is as {@link saliencyVariantDefaults} says. */
export interface SaliencyVariantOptions {
  /** Which number of the class is explained. */
  readonly output?: ScoreOutput;
  /**
   * `absolute`: how strongly the output reacts to a pixel, the largest of the channels. `signed`: in which direction,
   * the sum of the channels; positive where a lighter pixel raises the output.
   */
  readonly sign?: 'signed' | 'absolute';
  /** Default: no noise, the image itself. */
  readonly smoothing?: Smoothing;
  /** Values below this share of the largest magnitude of their map become 0; in [0, 1]. */
  readonly threshold?: number;
}

/** What `saliencyVariant` goes by where an option is left out; smoothing there is none. */
export const saliencyVariantDefaults = { output: 'logit', sign: 'absolute', threshold: 0 } as const;
