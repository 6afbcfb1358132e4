import type { Raster, ScalarMap } from '../picture/raster.ts';
import type { ShapePicture } from './draw-shape.ts';

/** The pixels of a dataset picture, to be shown. */
export function shapeRaster({ size, rgb }: ShapePicture): Raster {
  return { width: size, height: size, data: rgb };
}

/** The object mask of a dataset picture, to be shown. */
export function shapeMask({ size, mask }: ShapePicture): ScalarMap {
  return { width: size, height: size, values: mask };
}
