import { coverage } from '../picture/outline.ts';
import type { Outline } from '../picture/outline.ts';
import type { Colour } from '../picture/raster.ts';
import type { Texture } from './texture.ts';

/** A square picture being painted. Its coordinates run over the unit square, whatever its size in pixels. */
export interface Canvas {
  readonly size: number;
  /** `size * size * 3` values, row by row. */
  readonly rgb: Float32Array;
}

/** How a surface looks: the colour `base + texture * contrast`. */
export interface Surface {
  readonly base: Colour;
  readonly contrast: Colour;
  readonly texture: Texture;
}

/** A rectangle of the unit square. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A black square canvas of `size` by `size` pixels. */
export function createCanvas(size: number): Canvas {
  return { size, rgb: new Float32Array(size * size * 3) };
}

/**
 * A colour of the given luma (0.299 R + 0.587 G + 0.114 B), with its chroma along the direction (cb, cr) of the
 * YCbCr plane. Channels that would leave [0, 1] are clipped.
 */
export function lumaColour(luma: number, cb: number, cr: number): Colour {
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [clip(luma + 1.402 * cr), clip(luma - 0.344136 * cb - 0.714136 * cr), clip(luma + 1.772 * cb)];
}

/** Covers the whole canvas with a surface. */
export function fill({ size, rgb }: Canvas, { base, contrast, texture }: Surface): void {
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const tone = texture((column + 0.5) / size, (row + 0.5) / size);
      for (let c = 0; c < 3; c++) rgb[at + c] = base[c] + tone * contrast[c];
    }
  }
}

/** Covers the whole canvas with the mean of 3 by 3 samples a pixel, clipped to [0, 1]. */
export function shade({ size, rgb }: Canvas, colourAt: (x: number, y: number) => Colour): void {
  const fine = 3 * size;
  for (let row = 0; row < fine; row++) {
    for (let column = 0; column < fine; column++) {
      const colour = colourAt((column + 0.5) / fine, (row + 0.5) / fine);
      const at = 3 * (Math.floor(row / 3) * size + Math.floor(column / 3));
      for (let c = 0; c < 3; c++) rgb[at + c] += Math.min(1, Math.max(0, colour[c])) / 9;
    }
  }
}

/** One thing to paint. */
export interface Stamp {
  readonly outline: Outline;
  /** Nothing is painted outside of it. */
  readonly box: Box;
  readonly surface: Surface;
  /** Width of the edge, at least a pixel: a soft edge makes a shadow. Default: one pixel. */
  readonly edge?: number;
  /** In [0, 1]; default 1. */
  readonly opacity?: number;
  /** Where given, receives the coverage of every pixel: `size * size` values in [0, 1]. */
  readonly mask?: Float32Array;
}

/** Paints a surface over the canvas inside an outline, with antialiased edges. */
export function stamp(
  { size, rgb }: Canvas,
  { outline, box, surface, edge = 0, opacity = 1, mask }: Stamp,
): void {
  const pixel = Math.max(edge, 1 / size);
  const first = (start: number): number => Math.max(0, Math.floor((start - pixel) * size));
  const last = (end: number): number => Math.min(size, Math.ceil((end + pixel) * size));
  const { base, contrast, texture } = surface;
  for (let row = first(box.top); row < last(box.bottom); row++) {
    for (let column = first(box.left); column < last(box.right); column++) {
      const x = (column + 0.5) / size;
      const y = (row + 0.5) / size;
      const covered = coverage(outline(x, y), pixel);
      if (covered === 0) continue;
      const share = covered * opacity;
      const tone = texture(x, y);
      const at = row * size + column;
      if (mask !== undefined) mask[at] = covered;
      for (let c = 0; c < 3; c++) {
        const old = rgb[3 * at + c];
        rgb[3 * at + c] = old + share * (base[c] + tone * contrast[c] - old);
      }
    }
  }
}

/** A surface of one colour. */
export function plain(colour: Colour): Surface {
  return { base: colour, contrast: [0, 0, 0], texture: () => 0 };
}

/** Part of the way from one colour to another. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  return [0, 1, 2].map((c) => from[c] + share * (to[c] - from[c])) as unknown as Colour;
}

/** The colour of a number such as 0xff8800. */
export function rgb(hex: number): Colour {
  return [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}
