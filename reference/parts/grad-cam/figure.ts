import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { figure } from '../../lib/picture/figure.ts';
import { magnitudeRange, overlay } from '../../lib/picture/heat-map.ts';
import type { Panel } from '../../lib/picture/panel.ts';
import type { Raster, ScalarMap } from '../../lib/picture/raster.ts';
import { fromImages, fromPixels, pictureTensor, scalarMaps } from '../../lib/picture/tensors.ts';

/** Modules of SqueezeNet that are shown: the last fire module at each resolution. */
export const shownLayers: readonly number[] = [4, 7, 12];

/** The share of a gradient's values that stay within the shown range; the few beyond would leave the rest gray. */
const SHOWN_SHARE = 0.995;

/** What is drawn of some images. */
export interface GradCamResults {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** The class that each image is explained for. */
  readonly names: readonly string[];
  /** Grad-CAM of some layers, each `[N, H, W]` in [0, 1]. */
  readonly layers: readonly { readonly layer: number; readonly maps: Tensor3D }[];
  /** Guided backpropagation, `[N, H, W, 3]`. */
  readonly guided: Tensor4D;
}

/** Colour pictures of signed values `[N, H, W, 3]`: mid-gray at 0, each picture scaled by its own largest values. */
function signedPictures(values: Tensor4D): Raster[] {
  const [count, height, width] = values.shape;
  const perImage = scalarMaps(values.reshape([count, height, width * 3]) as Tensor3D);
  return perImage.map((map, i) => {
    const { max } = magnitudeRange([map], SHOWN_SHARE);
    const shown = tf.tidy(() => {
      const one = values.slice([i, 0, 0, 0], [1, height, width, 3]);
      return (max > 0 ? one.div(2 * max) : one).add(0.5) as Tensor4D;
    });
    const [picture] = fromPixels(shown);
    shown.dispose();
    return picture;
  });
}

/**
 * Each image, Grad-CAM of some layers laid over it, its guided gradient, and the product of the latter with the map
 * of the last layer (guided Grad-CAM).
 */
export function gradCamFigure({ images, names, layers, guided }: GradCamResults): Raster {
  const pictures = fromImages(images);
  const over = (maps: readonly ScalarMap[]): Panel[] =>
    maps.map((map, i) => ({ picture: overlay(pictures[i], map, { range: { min: 0, max: 1 } }) }));
  const product = tf.tidy(() => guided.mul<Tensor4D>(layers[layers.length - 1].maps.expandDims(3)));
  const rows = [
    { label: 'picture', panels: pictures.map((picture): Panel => ({ picture })) },
    ...layers.map(({ layer, maps }) => ({
      label: `Grad-CAM\nlayer ${layer}`,
      panels: over(scalarMaps(maps)),
    })),
    { label: 'guided\nbackprop', panels: signedPictures(guided).map((picture): Panel => ({ picture })) },
    { label: 'guided\nGrad-CAM', panels: signedPictures(product).map((picture): Panel => ({ picture })) },
  ];
  product.dispose();
  return figure({
    title: 'Grad-CAM and guided backpropagation',
    subtitle: 'Yellow where a layer speaks for the class; mid-gray where the guided gradient is 0.',
    columns: names,
    rows: rows.map(({ label }) => label),
    panels: rows.map(({ panels }) => panels),
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function gradCamPicture(
  images: Tensor4D,
  names: readonly string[],
  layers: readonly { readonly layer: number; readonly maps: Tensor3D }[],
  guided: Tensor4D,
): Tensor3D {
  return pictureTensor(gradCamFigure({ images, names, layers, guided }));
}
