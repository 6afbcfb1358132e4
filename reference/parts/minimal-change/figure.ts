import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { blur } from '../../lib/ascent/blur.ts';
import { figure } from '../../lib/picture/figure.ts';
import { magnitudeRange, overlay } from '../../lib/picture/heat-map.ts';
import type { Panel } from '../../lib/picture/panel.ts';
import { channelDeviation } from '../../lib/picture/preprocess.ts';
import type { Raster, ScalarMap } from '../../lib/picture/raster.ts';
import { fromImages, pictureTensor, scalarMaps } from '../../lib/picture/tensors.ts';
import { formatNumber, rightColour, wrongColour } from '../../lib/picture/theme.ts';

/** One picture and its smallest change. */
export interface ChangedPicture {
  /** Which model was convinced, if there are several. */
  readonly modelName?: string;
  /** Preprocessed, `[1, H, W, 3]`. */
  readonly original: Tensor4D;
  readonly changed: Tensor4D;
  /** Names of the class that was predicted and of the target. */
  readonly predictedName: string;
  readonly targetName: string;
  /** The target's probability over the steps. */
  readonly probabilities: readonly number[];
  /** Whether the model now sees the target. */
  readonly reached: boolean;
}

/** The share of a picture's values that stay within the shown range; the few beyond would leave the rest gray. */
const SHOWN_SHARE = 0.995;

/** By how much the pixels changed, in units of a pixel in [0, 1]; `H * W * 3` values. */
function pixelChange({ original, changed }: ChangedPicture): ScalarMap {
  const [, height, width] = original.shape;
  const change = tf.tidy(() => changed.sub(original).mul(tf.tensor1d([...channelDeviation])));
  const values = change.dataSync<'float32'>();
  change.dispose();
  return { width: 3 * width, height, values };
}

/** The change as colours around mid-gray, multiplied by `factor`. */
function amplified({ width, height, values }: ScalarMap, factor: number): Raster {
  return { width: width / 3, height, data: values.map((value) => 0.5 + factor * value) };
}

/** Blurred by so many pixels, single changed pixels become places. */
const SOFTNESS = 1.5;

/** Where a picture changed: the largest change of the three channels at each pixel, blurred. */
function changedPlaces({ width, height, values }: ScalarMap): ScalarMap {
  const places = tf.tidy(() => {
    const change = tf.tensor4d(values, [1, height, width / 3, 3]);
    return blur(change.abs().max<Tensor4D>(3, true), SOFTNESS).squeeze<Tensor3D>([3]); // [1, H, W]
  });
  const [map] = scalarMaps(places);
  places.dispose();
  return map;
}

function panelsOf(result: ChangedPicture): Panel[] {
  const { original, changed, predictedName, targetName, probabilities, reached } = result;
  const [[before], [after]] = [fromImages(original), fromImages(changed)];
  const change = pixelChange(result);
  const shown = magnitudeRange([change], SHOWN_SHARE).max;
  const factor = shown > 0 ? 0.5 / shown : 1;
  const largest = change.values.reduce((soFar, value) => Math.max(soFar, Math.abs(value)), 0);
  const probability = (at: number): string => `${targetName}: ${formatNumber(probabilities.at(at) ?? 0, 2)}`;
  const where = changedPlaces(change);
  return [
    { picture: before, caption: `taken for: ${predictedName}\n${probability(0)}`, frame: wrongColour },
    {
      picture: after,
      caption: `${reached ? `now taken for: ${targetName}` : 'not convinced'}\n${probability(-1)}`,
      frame: reached ? rightColour : wrongColour,
    },
    {
      picture: amplified(change, factor),
      caption: `${formatNumber(factor, 2)} times as strong;\nat most ${formatNumber(255 * largest, 2)} of 255`,
    },
    { picture: overlay(before, where, { range: magnitudeRange([where], SHOWN_SHARE) }) },
  ];
}

/** A row for each picture: before, after, the difference in colour and where it is. */
export function minimalChangeFigure(results: readonly ChangedPicture[]): Raster {
  const names = results.map(({ modelName }) => modelName);
  return figure({
    title: 'What would have to be different?',
    subtitle:
      'The smallest change after which the network sees another class, and where it is (blurred a little).',
    columns: ['picture', 'changed picture', 'difference', 'where it changed'],
    ...(names.every((name) => name !== undefined) ? { rows: names } : {}),
    panels: results.map(panelsOf),
    cell: 256,
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function minimalChangePicture(results: readonly ChangedPicture[]): Tensor3D {
  return pictureTensor(minimalChangeFigure(results));
}
