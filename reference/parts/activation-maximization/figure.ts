import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { figure } from '../../lib/picture/figure.ts';
import { lineChart, pointsOf } from '../../lib/picture/line-chart.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { preprocess } from '../../lib/picture/preprocess.ts';
import { fromPixels, pictureTensor } from '../../lib/picture/tensors.ts';

/** One image that came out. */
export interface DrawnMaximization {
  readonly title: string;
  /** What is said of it below. */
  readonly caption?: string;
  /** Pixels, `[1, H, W, 3]` in [0, 1]. */
  readonly image: Tensor4D;
}

/** Images that answer one question. */
export interface MaximizationRow {
  readonly label: string;
  readonly results: readonly DrawnMaximization[];
}

/** The scores of all classes for an image given by its pixels, `[1, classes]`. */
export function classScores(pixels: Tensor4D, model: Classifier): Tensor2D {
  return tf.tidy(() => model.logits(preprocess(pixels)));
}

/** One of these scores, a scalar of shape `[]`. */
export function classScore(pixels: Tensor4D, label: number, model: Classifier): Scalar {
  return tf.tidy(() => classScores(pixels, model).gather([label], 1).reshape<Scalar>([]));
}

/** Images in rows, each with its title and what is said of it. */
export function maximizationFigure(rows: readonly MaximizationRow[], subtitle?: string): Raster {
  return figure({
    title: 'Activation maximization',
    ...(subtitle === undefined ? {} : { subtitle }),
    rows: rows.map(({ label }) => label),
    panels: rows.map(({ results }) =>
      results.map(({ title, caption, image }) => {
        const [picture] = fromPixels(image);
        return { picture, title, ...(caption === undefined ? {} : { caption }) };
      }),
    ),
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function maximizationPicture(rows: readonly MaximizationRow[]): Tensor3D {
  return pictureTensor(maximizationFigure(rows));
}

/** Scores over the steps, one line for each run. */
export function scoresChart(options: {
  readonly title: string;
  readonly yLabel: string;
  readonly runs: readonly { readonly name: string; readonly scores: readonly number[] }[];
}): Raster {
  const { title, yLabel, runs } = options;
  const series = runs.map(({ name, scores }) => ({ name, points: pointsOf(scores) }));
  return lineChart({ title, xLabel: 'step', yLabel, series, width: 720, height: 320 });
}
