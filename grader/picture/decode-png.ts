import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { SubmissionError } from '../format/errors.ts';
import { readPngLayout } from './png-layout.ts';
import type { Raster } from './raster.ts';
import { MiB } from '../format/units.ts';

/** How much an untrusted picture may cost. */
export interface PictureCaps {
  /** Size of the file. */
  readonly maxBytes: number;
  /** Width times height. */
  readonly maxPixels: number;
  /** The sides that it must have; default: any. */
  readonly sides?: Pick<Raster, 'width' | 'height'>;
}

/** A grid of a hundred pictures at 224 pixels fits; decoded it takes 32 MB. */
const DEFAULT_PICTURE_CAPS: PictureCaps = { maxBytes: 8 * MiB, maxPixels: 8_000_000 };

/**
 * Decodes a PNG of any colour type and depth. Its size is known and checked before anything is unpacked, and it
 * unpacks to exactly what its header says or not at all.
 *
 * @throws SubmissionError when it is too large, no PNG, or damaged
 */
export function decodePng(bytes: Uint8Array, caps: Partial<PictureCaps> = {}): Raster {
  const { maxBytes, maxPixels, sides } = { ...DEFAULT_PICTURE_CAPS, ...caps };
  if (bytes.length > maxBytes) {
    throw new SubmissionError(`The picture's file is larger than ${Math.floor(maxBytes / 1024)} KB.`);
  }
  const { width, height, unpackedBytes, packed, length } = readPngLayout(bytes);
  if (sides && (width !== sides.width || height !== sides.height)) {
    throw new SubmissionError(
      `The picture has ${width}x${height} pixels; it should have ${sides.width}x${sides.height}.`,
    );
  }
  if (width * height > maxPixels) {
    throw new SubmissionError(
      `The picture has ${width}x${height} pixels; at most ${maxPixels} in all are looked at.`,
    );
  }
  try {
    // The decoder unpacks an interlaced picture without any limit, and a cut one without complaint.
    const unpacked = inflateSync(Buffer.concat(packed), { maxOutputLength: unpackedBytes });
    if (unpacked.length !== unpackedBytes) throw new RangeError('pixels are missing');
    const png = PNG.sync.read(Buffer.from(bytes.subarray(0, length)));
    // A copy of its own: comparing needs data aligned to four bytes, which a pooled buffer may not be.
    return { width, height, data: new Uint8Array(png.data) };
  } catch (cause) {
    throw new SubmissionError(
      'The picture is a damaged PNG file: its pixels cannot be read. Save it again.',
      {
        cause,
      },
    );
  }
}
