import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PNG } from 'pngjs';
import { kindOfFile } from './file-kinds.ts';
import type { Raster } from './raster.ts';

/** A photograph of 200 megapixels has less. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * A picture from the bytes of a JPEG or PNG file of any kind, or of a GIF, WebP, HEIC or AVIF file. It comes upright
 * and in sRGB, transparent pixels laid over white; one of more than 4 megapixels comes scaled down to that.
 *
 * Reading takes less than 600 MB of memory. Pictures that would take more are refused: a JPEG of more than 200
 * megapixels, a progressive one of more than 52, any other of more than 30.
 *
 * @throws Error where it is something else, damaged, or too large
 */
export async function decodePicture(bytes: Uint8Array): Promise<Raster> {
  const kind = kindOfFile(bytes);
  if (kind?.format === undefined) {
    const what = kind ? kind.name : 'neither a PNG nor a JPEG file';
    throw new Error(`this is ${what}; convert the picture to PNG or JPEG`);
  }
  const { readPixels } = await import('./image-magick.ts');
  const { width, height, data } = readPixels(bytes, kind.format);
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = data[i] / 255;
  return { width, height, data: values };
}

/** The bytes of a PNG file (8 bits a channel, no alpha); values outside of [0, 1] are clipped, NaN is black. */
export function encodePng({ width, height, data }: Raster): Uint8Array {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false });
  png.data = Buffer.from(data.map((value) => Math.round(255 * Math.min(1, Math.max(0, value)))));
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}

/**
 * Loads a picture file as {@link decodePicture} does.
 *
 * @throws Error with the file's name where it cannot be read
 */
export async function loadPicture(path: string): Promise<Raster> {
  try {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new Error('there is no such file');
    if (found.size > MAX_FILE_BYTES) {
      throw new Error(`it has ${Math.ceil(found.size / 2 ** 20)} MB; make it smaller first, 64 MB are read`);
    }
    return await decodePicture(await readFile(path));
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
