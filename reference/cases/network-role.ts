import type { TensorData } from '../../grader/assignment/define.ts';
import type { Argument } from '../../grader/format/call-plan.ts';

/** A network as cases look into it. */
export interface NetworkRole {
  readonly model: Argument;
  /** Height and width in pixels of the images that it takes. */
  readonly inputSize: number;
}

/** Images with a class each. */
export interface LabelledImages {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Argument;
  /** int32, `[N]`. */
  readonly labels: TensorData;
}

/** What a case wants of images that stand for any others. */
export interface ImageRequest {
  /** Another one gives other images. */
  readonly seed: string;
  /** In pixels, where the images are drawn at any size. */
  readonly size: number;
  /** The class of each image where all classes are alike; networks differ in which of theirs say something. */
  readonly labels: readonly number[];
}
