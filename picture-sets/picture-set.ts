import type { Raster } from '../reference/lib/picture/raster.ts';

/** A picture of a set; its pixels are read when they are asked for. */
export interface StoredPicture {
  /** Where it came from, below the source: a file's name, or its number. */
  readonly name: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Index of its class, in the set's class names where it has them. */
  readonly label?: number;
  /** Red, green and blue of sRGB, `height * width * 3` bytes, row by row. */
  pixels(): Uint8Array;
}

/** Imported pictures under a name. */
export interface PictureSet {
  readonly name: string;
  /** Each with a label, in the source's order. */
  readonly explained: readonly StoredPicture[];
  /** For style transfer: what is painted. */
  readonly content: readonly StoredPicture[];
  /** For style transfer: how it is painted. */
  readonly styles: readonly StoredPicture[];
  /** Absent where a source had numbers for labels and no network was named. */
  readonly classNames?: readonly string[];
  /** The network that these class names are from. */
  readonly network?: string;
  /** What whoever imported them said of their licence. */
  readonly licence?: string;
  /** What whoever imported them said of where they are from. */
  readonly source?: string;
  /** Over all pixels and all that is said about them, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A picture as the course's drawing tools take it. */
export function rasterOf(picture: StoredPicture): Raster {
  const { width, height } = picture;
  return { width, height, data: Float32Array.from(picture.pixels(), (value) => value / 255) };
}
