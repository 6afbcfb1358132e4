import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { Raster } from './raster.ts';

/** Red, green, blue and alpha of each pixel as bytes, as the decoders return them. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Bytes to [0, 1]; transparent pixels are laid over white. */
function toRaster({ width, height, data }: Pixels): Raster {
  const rgb = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = data[4 * pixel + 3] / 255;
    for (let c = 0; c < 3; c++) rgb[3 * pixel + c] = 1 + alpha * (data[4 * pixel + c] / 255 - 1);
  }
  return { width, height, data: rgb };
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

/**
 * A picture from the bytes of a PNG or JPEG file.
 *
 * @throws Error where they are neither, or damaged
 */
export function decodePicture(bytes: Uint8Array): Raster {
  const isPng = startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]);
  if (isPng || startsWith(bytes, [0xff, 0xd8, 0xff])) {
    try {
      return toRaster(isPng ? PNG.sync.read(Buffer.from(bytes)) : jpeg.decode(bytes, { useTArray: true }));
    } catch (cause) {
      throw new Error(`the file is damaged or cut off (${(cause as Error).message})`, { cause });
    }
  }
  throw new Error('this is neither a PNG nor a JPEG file; convert the picture to one of them');
}

/** The bytes of a PNG file (8 bits a channel, no alpha); values outside of [0, 1] are clipped, NaN is black. */
export function encodePng({ width, height, data }: Raster): Uint8Array {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false });
  png.data = Buffer.from(data.map((value) => Math.round(255 * Math.min(1, Math.max(0, value)))));
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}

/**
 * Loads a PNG or JPEG file.
 *
 * @throws Error with the file's name where it cannot be read
 */
export async function loadPicture(path: string): Promise<Raster> {
  try {
    if (!existsSync(path)) throw new Error('there is no such file');
    return decodePicture(await readFile(path));
  } catch (cause) {
    throw new Error(`cannot load the picture ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Writes a picture as PNG, making the folder where it is missing. A reader never sees half a file. */
export async function savePicture(path: string, raster: Raster): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.part`;
  await writeFile(unfinished, encodePng(raster));
  await rename(unfinished, path);
}
