import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { figure } from '../picture/figure.ts';
import { heatMap, magnitudeRange } from '../picture/heat-map.ts';
import type { Raster } from '../picture/raster.ts';
import { fromImages, pictureTensor, scalarMaps } from '../picture/tensors.ts';

/** The share of a map's pixels that stay below full brightness; the few above would leave the rest dark. */
const SHOWN_SHARE = 0.995;

/** Pictures above their saliency maps, each map from 0 to nearly its largest value. */
export function saliencyFigure(options: {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** `[N, H, W]`. */
  readonly maps: Tensor3D;
  /** The class of each map. */
  readonly names: readonly string[];
}): Raster {
  const pictures = fromImages(options.images);
  const maps = scalarMaps(options.maps);
  return figure({
    title: 'Saliency maps',
    subtitle: 'Bright where a small change of the pixel would change the score of the class most.',
    columns: options.names,
    rows: ['picture', 'saliency'],
    panels: [
      pictures.map((picture) => ({ picture })),
      maps.map((map) => ({ picture: heatMap(map, { range: magnitudeRange([map], SHOWN_SHARE) }) })),
    ],
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function saliencyPicture(images: Tensor4D, maps: Tensor3D, names: readonly string[]): Tensor3D {
  return pictureTensor(saliencyFigure({ images, maps, names }));
}
