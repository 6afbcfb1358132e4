import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { blur } from '../ascent/blur.ts';
import { figure } from '../picture/figure.ts';
import { heatMap, magnitudeRange, overlay, signedMap } from '../picture/heat-map.ts';
import type { Panel } from '../picture/panel.ts';
import type { Raster, ScalarMap } from '../picture/raster.ts';
import { fromImages, pictureTensor, scalarMaps } from '../picture/tensors.ts';
import { rightColour, wrongColour } from '../picture/theme.ts';
import type { Contrast, ContrastMethod } from '../../contract/contrastive.ts';

/** Wrongly classified pictures and their contrastive explanations. */
export interface ContrastResults {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** Names of the classes that were predicted, and of the others. */
  readonly predictedNames: readonly string[];
  readonly actualNames: readonly string[];
  /** What the others are. */
  readonly others: 'truth' | 'second choice';
  readonly methods: readonly { readonly method: ContrastMethod; readonly maps: Contrast }[];
}

/** The share of a map's pixels that stay within the shown range; the few beyond would leave the rest pale. */
const SHOWN_SHARE = 0.995;

/** Gradients jump from pixel to pixel; blurred by so many pixels, the eye can compare them. */
const SOFTNESS = 1.5;

/** Maps as they are drawn; those of Grad-CAM are smooth as they are. */
function drawnMaps(method: ContrastMethod, maps: Tensor3D): ScalarMap[] {
  if (method === 'grad-cam') return scalarMaps(maps);
  const soft = tf.tidy(() => blur(maps.expandDims<Tensor4D>(3), SOFTNESS).squeeze<Tensor3D>([3])); // [N, H, W]
  const drawn = scalarMaps(soft);
  soft.dispose();
  return drawn;
}

const titles: Readonly<Record<ContrastMethod, string>> = {
  saliency: 'saliency',
  'grad-cam': 'Grad-CAM',
  smoothed: 'smoothed saliency',
};

/** The maps for both classes with one range, so that they can be compared, and their difference. */
function threePanels(
  method: ContrastMethod,
  picture: Raster,
  [predicted, actual, difference]: readonly ScalarMap[],
): Panel[] {
  const range = magnitudeRange([predicted, actual], SHOWN_SHARE);
  const show = (map: ScalarMap): Raster =>
    method === 'grad-cam' ? overlay(picture, map, { range }) : heatMap(map, { range });
  return [
    { picture: show(predicted), frame: wrongColour },
    { picture: show(actual), frame: rightColour },
    { picture: signedMap(difference, { min: -range.max, max: range.max }) },
  ];
}

/** A row for each picture: the picture, then for each method the two maps and their difference. */
export function contrastFigure(results: ContrastResults): Raster {
  const { images, predictedNames, actualNames, others, methods } = results;
  const other = others === 'truth' ? 'correct' : 'second';
  const pictures = fromImages(images);
  const drawn = methods.map(({ method, maps }) => ({
    method,
    maps: [maps.predicted, maps.actual, maps.difference].map((batch) => drawnMaps(method, batch)),
  }));
  const row = (picture: Raster, i: number): Panel[] => [
    { picture, caption: `predicted: ${predictedNames[i]}\n${other}: ${actualNames[i]}` },
    ...drawn.flatMap(({ method, maps }) =>
      threePanels(
        method,
        picture,
        maps.map((batch) => batch[i]),
      ),
    ),
  ];
  return figure({
    title: 'Why this class rather than that?',
    subtitle:
      `Maps for the class that was predicted (red frame) and for the ${others} (green frame), with one scale; gradients are blurred a little. ` +
      `Difference: red where the map of the prediction is stronger, blue where that of the ${others} is.`,
    columns: [
      'picture',
      ...methods.flatMap(({ method }) => [`${titles[method]}:\npredicted`, `\n${other}`, '\ndifference']),
    ],
    panels: pictures.map(row),
    cell: 112,
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function contrastPicture(results: ContrastResults): Tensor3D {
  return pictureTensor(contrastFigure(results));
}
