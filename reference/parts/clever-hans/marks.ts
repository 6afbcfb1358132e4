import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { createRaster } from '../../lib/picture/raster.ts';
import { drawText, textWidth } from '../../lib/picture/text.ts';

/** The kinds of marks: a visible square, a faint text, and a lightness that rises across the picture. */
export const markKinds = ['square', 'watermark', 'lightness'] as const;

/** One of {@link markKinds}. */
export type MarkKind = (typeof markKinds)[number];

/** What a square and a watermark are painted with: red, green and blue in [0, 1]. */
export const markColours: Readonly<
  Record<'square' | 'watermark', [red: number, green: number, blue: number]>
> = {
  square: [0.95, 0.1, 0.75],
  watermark: [1, 1, 1],
};

const WATERMARK = 'HANS';

/** Rows and columns of the square: at the lower left, a sixth of the shorter side. */
function squareBox(height: number, width: number) {
  const side = Math.max(1, Math.round(Math.min(height, width) / 6));
  const gap = Math.round(side / 2);
  return { top: height - gap - side, bottom: height - gap, left: gap, right: gap + side };
}

/** Where the text stands: centred in the upper quarter, as large as fits. */
function textPlace(height: number, width: number) {
  let size = Math.max(4, 0.4 * height);
  while (size > 4 && textWidth(WATERMARK, { size, bold: true }) > 0.95 * width) size -= 0.5;
  const baseline = Math.round(0.06 * height + 0.7 * size);
  const reach = textWidth(WATERMARK, { size, bold: true }) / 2;
  return { size, baseline, left: width / 2 - reach, right: width / 2 + reach, top: baseline - 0.7 * size };
}

function mapOf(height: number, width: number, value: (row: number, column: number) => number): Tensor2D {
  const values = Float32Array.from({ length: height * width }, (_, i) =>
    value(Math.floor(i / width), i % width),
  );
  return tf.tensor2d(values, [height, width]);
}

/** -1 in the upper left corner, 1 in the lower right one, linear between them. */
function acrossPicture(height: number, width: number): (row: number, column: number) => number {
  const share = (position: number, side: number): number => (side > 1 ? position / (side - 1) : 0.5);
  return (row, column) => share(row, height) + share(column, width) - 1;
}

/**
 * The form of a mark on pictures of a size, shape `[H, W, 1]`. For a square and a watermark it is the share of each
 * pixel that the mark covers, in [0, 1]; for a lightness, how it changes each pixel, in [-1, 1]: darker towards the
 * upper left, lighter towards the lower right.
 */
export function markForm(kind: MarkKind, height: number, width: number): Tensor3D {
  return tf.tidy(() => {
    switch (kind) {
      case 'square': {
        const { top, bottom, left, right } = squareBox(height, width);
        return mapOf(height, width, (row, column) =>
          row >= top && row < bottom && column >= left && column < right ? 1 : 0,
        ).expandDims<Tensor3D>(2);
      }
      case 'watermark': {
        const { size, baseline } = textPlace(height, width);
        const paper = createRaster(width, height, [0, 0, 0]);
        drawText(paper, WATERMARK, {
          x: width / 2,
          y: baseline,
          size,
          bold: true,
          colour: [1, 1, 1],
          align: 'middle',
        });
        return mapOf(
          height,
          width,
          (row, column) => paper.data[3 * (row * width + column)],
        ).expandDims<Tensor3D>(2);
      }
      case 'lightness':
        return mapOf(height, width, acrossPicture(height, width)).expandDims<Tensor3D>(2);
    }
  });
}

/**
 * Where to look for a mark's trace in an explanation, shape `[H, W]`, 1 inside and 0 outside: the square or the text
 * with a rim, since a network sees a mark by its edges too; for a lightness, the two corners it changes by more than
 * half of its strength.
 */
export function markRegion(kind: MarkKind, height: number, width: number): Tensor2D {
  const rim = Math.max(1, Math.round(Math.min(height, width) / 40));
  if (kind === 'lightness') {
    const change = acrossPicture(height, width);
    return mapOf(height, width, (row, column) => (Math.abs(change(row, column)) > 0.5 ? 1 : 0));
  }
  const box = kind === 'square' ? squareBox(height, width) : textPlace(height, width);
  const bottom = 'bottom' in box ? box.bottom : box.baseline;
  return mapOf(height, width, (row, column) =>
    row >= box.top - rim && row < bottom + rim && column >= box.left - rim && column < box.right + rim
      ? 1
      : 0,
  );
}
