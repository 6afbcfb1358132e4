import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { figure } from '../picture/figure.ts';
import { heatMap, magnitudeRange, signedMap, signedRange } from '../picture/heat-map.ts';
import type { Panel } from '../picture/panel.ts';
import type { Raster } from '../picture/raster.ts';
import { fromImages, pictureTensor, scalarMaps } from '../picture/tensors.ts';
import { formatNumber } from '../picture/theme.ts';

/** The share of a map's pixels that stay below full colour; the few beyond would leave the rest dark. */
const SHOWN_SHARE = 0.995;

/** What one network says of some images, or of one image for some labels. */
export interface DrawnAttribution {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** A label for each row. */
  readonly names: readonly string[];
  /** Maps at some scales, each `[N, H, W]`. */
  readonly scaled: readonly { readonly scale: number; readonly maps: Tensor3D }[];
  /** Integrated gradients, `[N, H, W, 3]`. */
  readonly integrated: Tensor4D;
  /** What these sum to, and what they should sum to, for each image; said below them. */
  readonly sums?: readonly { readonly sum: number; readonly difference: number }[];
}

/** The axiom of completeness in numbers. */
function captionOf({ sum, difference }: { sum: number; difference: number }): string {
  return `sum ${formatNumber(sum)}\nscore ${difference < 0 ? '−' : '+'}${formatNumber(Math.abs(difference))}`;
}

/** The images at the left, their maps at each scale, and the integrated gradients, channels summed. */
function rowsOf({ images, scaled, integrated, sums }: DrawnAttribution): Panel[][] {
  const summed = tf.tidy(() => integrated.sum<Tensor3D>(3)); // [N, H, W]
  const signed = scalarMaps(summed);
  summed.dispose();
  const perScale = scaled.map(({ maps }) => scalarMaps(maps));
  return fromImages(images).map((picture, i) => [
    { picture },
    ...perScale.map((maps) => ({
      picture: heatMap(maps[i], { range: magnitudeRange([maps[i]], SHOWN_SHARE) }),
    })),
    {
      picture: signedMap(signed[i], signedRange([signed[i]], SHOWN_SHARE)),
      ...(sums ? { caption: captionOf(sums[i]) } : {}),
    },
  ]);
}

/** A grid: one row for each image and label, one column for each scale; all blocks need the same scales. */
export function attributionFigure(blocks: readonly DrawnAttribution[]): Raster {
  const [{ scaled }] = blocks;
  return figure({
    title: 'Attribution',
    subtitle:
      'The saliency of the image multiplied by a factor, each map scaled by its own largest values. At the right integrated gradients: red speaks for the label, blue against it; below, their sum and the change of the score from the mean colour to the image, which should be the same.',
    columns: ['picture', ...scaled.map(({ scale }) => `factor ${scale}`), 'integrated gradients'],
    rows: blocks.flatMap(({ names }) => [...names]),
    panels: blocks.flatMap(rowsOf),
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function attributionPicture(block: DrawnAttribution): Tensor3D {
  return pictureTensor(attributionFigure([block]));
}
