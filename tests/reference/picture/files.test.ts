import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodePicture, encodePng, loadPicture, savePicture } from '../../../reference/lib/picture/files.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import { drawShape } from '../../../reference/lib/shapes/draw-shape.ts';
import { shapeRaster } from '../../../reference/lib/shapes/shape-raster.ts';

const picture = shapeRaster(drawShape({ seed: 'files', index: 0, size: 24 }));

describe('a picture file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picture-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is loaded as it was saved, within half a step of 255', async () => {
    const path = join(folder, 'new', 'folder', 'picture.png');
    await savePicture(path, picture);
    const loaded = await loadPicture(path);
    expect([loaded.width, loaded.height]).toEqual([24, 24]);
    loaded.data.forEach((value, i) =>
      expect(Math.abs(value - picture.data[i])).toBeLessThanOrEqual(0.5 / 255 + 1e-6),
    );
    expect(encodePng(loaded)).toEqual(encodePng(picture));
    expect(await readdir(join(folder, 'new', 'folder'))).toEqual(['picture.png']);
  });

  it('has a name in the error where it is missing or no picture', async () => {
    await expect(loadPicture(join(folder, 'none.png'))).rejects.toThrow('none.png');
    await writeFile(join(folder, 'text.png'), 'hello');
    await expect(loadPicture(join(folder, 'text.png'))).rejects.toThrow('neither a PNG nor a JPEG');
  });
});

describe('picture bytes', () => {
  it('are the same every time', () => {
    expect(encodePng(picture)).toEqual(encodePng({ ...picture, data: picture.data.slice() }));
  });

  it('clip what is outside of [0, 1] and make NaN black', async () => {
    const odd = { width: 2, height: 1, data: Float32Array.from([-1, 2, 0.5, NaN, NaN, NaN]) };
    const { data } = await decodePicture(encodePng(odd));
    expect(Array.from(data, (value) => Math.round(value * 255))).toEqual([0, 255, 128, 0, 0, 0]);
  });

  it('of a transparent PNG are laid over white', async () => {
    const png = new PNG({ width: 2, height: 1 });
    png.data = Buffer.from([0, 0, 0, 0, 255, 0, 0, 255]);
    expect(Array.from((await decodePicture(PNG.sync.write(png))).data)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('that end too early are an error', async () => {
    const whole = encodePng(createRaster(8, 8));
    await expect(decodePicture(whole.slice(0, 40))).rejects.toThrow('damaged or cut off');
  });
});
