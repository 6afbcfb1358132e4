import { encodePng } from './encode-png.ts';
import type { Raster } from './raster.ts';
import { assertRaster } from './raster.ts';

/**
 * The picture scaled down so that no side is longer than `maxSide` pixels; a smaller one stays as it is. Every pixel
 * is the mean of the area it covers, colours weighted by their opacity.
 */
export function thumbnail(raster: Raster, maxSide: number): Raster {
  assertRaster(raster);
  const scale = Math.min(1, maxSide / Math.max(raster.width, raster.height));
  if (scale === 1) return raster;
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  const columns = coverage({ from: raster.width, to: width });
  const rows = coverage({ from: raster.height, to: height });
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.set(meanColour({ raster, columns: columns[x], rows: rows[y] }), 4 * (y * width + x));
  }
  return { width, height, data };
}

/**
 * The thumbnail as a `data:` URI of at most `maxCharacters`, made smaller until it fits; undefined when not even a
 * picture of 16 pixels does.
 */
export function thumbnailUri(options: {
  readonly raster: Raster;
  readonly maxSide: number;
  readonly maxCharacters: number;
}): string | undefined {
  const { raster, maxSide, maxCharacters } = options;
  for (let side = Math.min(maxSide, Math.max(raster.width, raster.height)); side > 0;) {
    const png = encodePng(thumbnail(raster, side));
    const uri = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
    if (uri.length <= maxCharacters) return uri;
    // A picture's size goes with its area, roughly.
    const smaller = Math.floor(side * Math.min(0.75, Math.sqrt(maxCharacters / uri.length)));
    side = smaller >= 16 ? smaller : 0;
  }
  return undefined;
}

/** Source cells under one target cell, each with the share of it that is covered. */
type Covered = readonly { readonly index: number; readonly share: number }[];

function coverage({ from, to }: { from: number; to: number }): Covered[] {
  const step = from / to;
  return Array.from({ length: to }, (_, cell) => {
    const start = cell * step;
    const end = Math.min(from, start + step);
    const covered = [];
    for (let index = Math.floor(start); index < end; index++) {
      const share = Math.min(end, index + 1) - Math.max(start, index);
      // Rounding can leave a sliver of the next cell.
      if (share > 1e-9) covered.push({ index, share });
    }
    return covered;
  });
}

function meanColour({
  raster,
  columns,
  rows,
}: {
  raster: Raster;
  columns: Covered;
  rows: Covered;
}): number[] {
  let [red, green, blue, opacity, area] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    for (const column of columns) {
      const at = 4 * (row.index * raster.width + column.index);
      const share = row.share * column.share;
      const opaque = share * raster.data[at + 3];
      red += opaque * raster.data[at];
      green += opaque * raster.data[at + 1];
      blue += opaque * raster.data[at + 2];
      opacity += opaque;
      area += share;
    }
  }
  if (opacity === 0) return [0, 0, 0, 0];
  return [red / opacity, green / opacity, blue / opacity, opacity / area].map(Math.round);
}
