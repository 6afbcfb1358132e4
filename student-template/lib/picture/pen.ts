import { coverage, stroke } from './outline.ts';
import type { Point } from './outline.ts';
import { paintThrough } from './raster.ts';
import type { Colour, Raster, ScalarMap } from './raster.ts';

/** Lines in pixels, each a list of points, drawn with a round pen. */
export interface PenStrokes {
  readonly lines: readonly (readonly Point[])[];
  /** Width of the pen in pixels. */
  readonly pen: number;
}

/** How much of each pixel of a `width` by `height` picture the strokes cover: their union, antialiased. */
export function penCoverage(width: number, height: number, { lines, pen }: PenStrokes): ScalarMap {
  const values = new Float32Array(width * height);
  const reach = pen / 2 + 1;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]];
      const outline = stroke([a, b], pen / 2);
      const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
      const right = Math.min(width, Math.ceil(Math.max(a[0], b[0]) + reach));
      const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
      const bottom = Math.min(height, Math.ceil(Math.max(a[1], b[1]) + reach));
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const covered = coverage(outline(column + 0.5, row + 0.5), 1);
          const at = row * width + column;
          if (covered > values[at]) values[at] = covered;
        }
      }
    }
  }
  return { width, height, values };
}

/** Draws strokes on a picture; the points are in pixels from the picture's upper left corner. */
export function drawStrokes(raster: Raster, strokes: PenStrokes, colour: Colour): void {
  paintThrough(raster, penCoverage(raster.width, raster.height, strokes), 0, 0, colour);
}
