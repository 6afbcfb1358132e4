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

/** The side of the pictures for which the course chose its settings. */
const COURSE_SIDE = 224;

/**
 * The course's settings, lengths scaled from 224 pixels to another side: the pixels of a smaller picture are fewer,
 * so a shorter step changes each of them by as much.
 */
export function classVisualizationDefaults(
  side: number,
): Required<Omit<ClassVisualizationOptions, 'start' | 'onIteration'>> {
  const scale = side / COURSE_SIDE;
  return {
    l2Reg: 1e-3,
    learningRate: 25 * scale,
    iterations: 100,
    blurEvery: 10,
    blurSigma: 0.5,
    maxJitter: Math.round(16 * scale),
    seed: 'class visualization',
  };
}
