import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { figure } from '../../reference/lib/picture/figure.ts';
import { savePicture } from '../../reference/lib/picture/files.ts';
import { magnitudeRange, overlay } from '../../reference/lib/picture/heat-map.ts';
import type { Raster, ScalarMap } from '../../reference/lib/picture/raster.ts';
import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';

const SHOWN = 10;

/** A few pixels of a saliency map outshine all others: the brightest colour begins at the 99th percentile. */
function shade(raster: Raster, map: ScalarMap): Raster {
  return overlay(raster, map, { range: magnitudeRange([map], 0.99) });
}

/**
 * Draws the first pictures of a stream, and each with its maps over it.
 * @param explained.rows a kind of map each; `values` are maps of [size, size], one after the other
 */
export async function drawExplanations(
  path: string,
  explained: {
    name: string;
    seed: string;
    size: number;
    rows: readonly { kind: string; values: Float32Array }[];
  },
): Promise<void> {
  const { name, seed, size, rows } = explained;
  const rasters = Array.from({ length: SHOWN }, (_, index) => shapeRaster(drawShape({ seed, index, size })));
  const mapOf = (values: Float32Array, i: number): ScalarMap => ({
    width: size,
    height: size,
    values: values.subarray(i * size * size, (i + 1) * size * size),
  });
  mkdirSync(dirname(path), { recursive: true });
  await savePicture(
    path,
    figure({
      title: `Explanations of the ${name} network`,
      rows: ['picture', ...rows.map(({ kind }) => kind)],
      panels: [
        rasters.map((raster) => ({ picture: raster })),
        ...rows.map(({ values }) =>
          rasters.map((raster, i) => ({ picture: shade(raster, mapOf(values, i)) })),
        ),
      ],
    }),
  );
}
