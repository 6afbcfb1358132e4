import { PNG } from 'pngjs';
import type { Raster } from './raster.ts';
import { assertRaster } from './raster.ts';

/** The raster as an RGBA PNG file. @throws GraderError when the raster contradicts itself */
export function encodePng(raster: Raster): Uint8Array {
  assertRaster(raster);
  const { width, height, data } = raster;
  const png = new PNG({ width, height });
  png.data.set(data);
  return new Uint8Array(PNG.sync.write(png));
}
