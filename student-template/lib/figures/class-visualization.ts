import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { figure } from '../picture/figure.ts';
import { deprocess } from '../picture/preprocess.ts';
import type { Raster } from '../picture/raster.ts';
import { fromImages } from '../picture/tensors.ts';

/** A picture on its way to a class visualization. */
export interface Snapshot {
  readonly picture: Raster;
  /** Score of the class. */
  readonly score: number;
}

/** One climb: what it is called and how the picture looked at some of its iterations. */
export interface Climb {
  readonly label: string;
  readonly snapshots: readonly Snapshot[];
}

/** The class scores of a preprocessed picture `[1, H, W, 3]`: `[1, classes]`. */
export function logitsOf(image: Tensor4D, model: Classifier): Tensor2D {
  return model.logits(image);
}

/** The score of a class for each of some preprocessed pictures `[1, H, W, 3]`: `[N]`. */
export function scoresOf(images: readonly Tensor4D[], target: number, model: Classifier): Tensor1D {
  return tf.tidy(() => {
    // One after the other: a batch of large pictures takes as many times the memory.
    const logits = tf.concat(images.map((image) => model.logits(image))); // [N, classes]
    return logits.slice([0, target], [images.length, 1]).squeeze<Tensor1D>([1]);
  });
}

/** A preprocessed picture `[1, H, W, 3]` with its score. */
export function snapshotOf(image: Tensor4D, target: number, model: Classifier): Snapshot {
  return {
    picture: fromImages(image)[0],
    score: tf.tidy(() => scoresOf([image], target, model).dataSync()[0]),
  };
}

/** Climbs below each other, each over its iterations; `columns` names these. */
export function classVisualizationFigure(columns: readonly string[], climbs: readonly Climb[]): Raster {
  return figure({
    title: 'Class visualization',
    subtitle: 'Pictures that raise the score of a class by gradient ascent; below each, its score.',
    columns,
    rows: climbs.map(({ label }) => label),
    panels: climbs.map(({ snapshots }) =>
      snapshots.map(({ picture, score }) => ({ picture, caption: score.toFixed(1) })),
    ),
  });
}

/** Preprocessed pictures `[1, H, W, 3]` side by side, as they are shown: `[H, N * W, 3]` in [0, 1]. */
export function filmStrip(images: readonly Tensor4D[]): Tensor3D {
  return tf.tidy(() => {
    const pixels = deprocess(tf.concat([...images], 2)); // [1, H, N * W, 3]
    return pixels.clipByValue(0, 1).squeeze<Tensor3D>([0]);
  });
}
