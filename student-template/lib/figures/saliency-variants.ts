import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { ember } from '../picture/colour-maps.ts';
import { figure } from '../picture/figure.ts';
import { heatMap, magnitudeRange, overlay, signedMap, signedRange } from '../picture/heat-map.ts';
import type { Panel } from '../picture/panel.ts';
import type { Raster, ScalarMap } from '../picture/raster.ts';
import { fromImages, pictureTensor, scalarMaps } from '../picture/tensors.ts';

/** The share of a map's pixels that stay below full colour; the few beyond would leave the rest dark. */
const SHOWN_SHARE = 0.995;

/** The maps of all images in one variant. */
export interface DrawnVariant {
  readonly label: string;
  /** `[N, H, W]` */
  readonly maps: Tensor3D;
  /** How to show them; default: a heat map beside the image. */
  readonly as?: 'magnitude' | 'signed' | 'overlay';
}

/** The shown range of a map, which is the same with and without a threshold unless hardly anything is left. */
function shownRange(map: ScalarMap): ReturnType<typeof magnitudeRange> {
  const range = magnitudeRange([map], SHOWN_SHARE);
  return range.max > 0 ? range : magnitudeRange([map]);
}

function panelOf(map: ScalarMap, picture: Raster, as: DrawnVariant['as']): Panel {
  if (as === 'signed') return { picture: signedMap(map, signedRange([map], SHOWN_SHARE)) };
  const range = shownRange(map);
  return {
    picture:
      as === 'overlay'
        ? overlay(picture, map, { range, colours: ember, opacity: 1 })
        : heatMap(map, { range }),
  };
}

/** Images above their maps, one row for each variant; each map is scaled by its own largest values. */
export function saliencyVariantsFigure(options: {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** What is said of each image, such as its class. */
  readonly names: readonly string[];
  /** A frame for each image. */
  readonly frames?: readonly Panel['frame'][];
  readonly variants: readonly DrawnVariant[];
}): Raster {
  const pictures = fromImages(options.images);
  return figure({
    title: 'Variants of the saliency map',
    subtitle:
      'Magnitudes: dark to light. Signed maps: red where a lighter pixel raises the output of the class, blue where it lowers it. A map of probabilities has its own scale, so how small they are does not show.',
    columns: options.names,
    rows: ['picture', ...options.variants.map(({ label }) => label)],
    panels: [
      pictures.map((picture, i): Panel => {
        const frame = options.frames?.[i];
        return frame ? { picture, frame } : { picture };
      }),
      ...options.variants.map(({ maps, as }) =>
        scalarMaps(maps).map((map, i) => panelOf(map, pictures[i], as)),
      ),
    ],
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function saliencyVariantsPicture(
  images: Tensor4D,
  names: readonly string[],
  variants: readonly DrawnVariant[],
): Tensor3D {
  return pictureTensor(saliencyVariantsFigure({ images, names, variants }));
}
