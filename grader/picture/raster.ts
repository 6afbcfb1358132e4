import { GraderError } from '../format/errors.ts';

/** A picture in memory: 8 bits a channel, RGBA, not premultiplied, rows from the top, `4 * width * height` bytes. */
export interface Raster {
  /** In pixels, at least 1. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** @throws GraderError when sides and data do not belong together */
export function assertRaster({ width, height, data }: Raster): void {
  const sides = [width, height].every((side) => Number.isSafeInteger(side) && side > 0);
  if (!sides || data.length !== 4 * width * height) {
    throw new GraderError(`a raster of ${width}x${height} pixels does not have ${data.length} bytes`);
  }
}
