import type { Tensor4D } from '@tensorflow/tfjs';

/** Settings of a class visualization; whatever is left out is as {@link classVisualizationDefaults} says. */
export interface ClassVisualizationOptions {
  /** `lambda`, the weight of the squared L2 norm of the picture. */
  readonly l2Reg?: number;
  /** The length of one step: by how much the picture changes, in the L2 norm. */
  readonly learningRate?: number;
  /** The number of steps. */
  readonly iterations?: number;
  /** The picture is blurred after step 0, `blurEvery`, 2 `blurEvery`, ... */
  readonly blurEvery?: number;
  /** Standard deviation of the blur in pixels. */
  readonly blurSigma?: number;
  /** Before each step the picture is shifted by up to so many pixels in each direction. */
  readonly maxJitter?: number;
  /** Seed of the shifts and of the noise. */
  readonly seed?: string | number;
  /** The preprocessed picture to start from, `[1, H, W, 3]`. Default: normal noise of the model's size. */
  readonly start?: Tensor4D;
  /** Called after each step with its number from 0 and the picture, which stays valid during the call only. */
  readonly onIteration?: (image: Tensor4D, iteration: number) => void;
}

type Settings = Required<Omit<ClassVisualizationOptions, 'start' | 'onIteration'>>;

/** The course's settings, for networks that take pictures of 224 pixels and tell 1,000 classes apart. */
const large: Settings = {
  l2Reg: 1e-3,
  learningRate: 25,
  iterations: 100,
  blurEvery: 10,
  blurSigma: 0.5,
  maxJitter: 16,
  seed: 'class visualization',
};

/**
 * The same for the embedded networks. They take a third of the pixels, hence the smaller shifts, and their scores
 * are less steep, so that a regularizer as strong as above would have the say: it is weaker, the steps are longer,
 * and blurring keeps the picture smooth instead.
 */
const small: Settings = {
  ...large,
  l2Reg: 1e-5,
  learningRate: 40,
  blurEvery: 1,
  blurSigma: 0.7,
  maxJitter: 9,
};

/** The settings of whatever an option leaves open, for a network that takes pictures of `side` pixels. */
export function classVisualizationDefaults(side: number): Settings {
  return side < 200 ? small : large;
}
