import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture, loadPicture } from '../../../reference/lib/picture/files.ts';
import { ROOT } from '../../../repository.ts';
import { chunk, header, pixels, pngOf } from '../../picture/build-png.ts';
import { greyJpeg } from './build-jpeg.ts';

const MOST_MB = 600;
/** For a child process on a busy machine. */
const TIMEOUT_MS = 240_000;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'photograph-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads the file in a process of its own: what comes out, and the most memory that it was resident in, MB. */
function measure(bytes: Uint8Array): { width: number; height: number; colour: number[]; mb: number } {
  const path = join(folder, 'picture');
  writeFileSync(path, bytes);
  const program = `
    const { loadPicture } = await import('./reference/lib/picture/files.ts');
    const { width, height, data } = await loadPicture(${JSON.stringify(path)});
    const colour = Array.from(data.subarray(-3), (value) => Math.round(255 * value));
    const mb = process.resourceUsage().maxRSS / 1024;
    process.stdout.write(JSON.stringify({ width, height, colour, mb }));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof measure>;
}

describe('a large photograph', () => {
  const read: [string, () => Uint8Array, number][] = [
    ['12 megapixels', () => greyJpeg({ width: 4000, height: 3000 }), 4 / 3],
    ['24 megapixels', () => greyJpeg({ width: 6000, height: 4000 }), 3 / 2],
    ['50 megapixels', () => greyJpeg({ width: 8688, height: 5792 }), 3 / 2],
    ['50 megapixels, progressive', () => greyJpeg({ width: 8688, height: 5792, kind: 'progressive' }), 3 / 2],
    ['100 megapixels', () => greyJpeg({ width: 11_664, height: 8750 }), 4 / 3],
  ];
  it.each(read)(
    `of %s is read in less than ${MOST_MB} MB`,
    (_, bytes, proportion) => {
      const { width, height, colour, mb } = measure(bytes());
      expect(width * height).toBeLessThanOrEqual(4_000_000);
      expect(width * height).toBeGreaterThan(1_000_000);
      expect(width / height).toBeCloseTo(proportion, 2);
      expect(colour).toEqual([128, 128, 128]);
      expect(mb).toBeLessThan(MOST_MB);
    },
    TIMEOUT_MS,
  );

  it(
    `as PNG of 30 megapixels with opacity is read in less than ${MOST_MB} MB`,
    () => {
      const rows = new Uint8Array(4472 * (1 + 4 * 6708));
      const { colour, mb } = measure(pngOf(header({ width: 6708, height: 4472 }), pixels(rows)));
      expect(colour).toEqual([255, 255, 255]);
      expect(mb).toBeLessThan(MOST_MB);
    },
    TIMEOUT_MS,
  );

  const refused: [string, () => Uint8Array, string][] = [
    [
      'a progressive one of 100 megapixels',
      () => greyJpeg({ width: 11_664, height: 8750, kind: 'progressive' }),
      'it has 11664x8750 pixels, 102 megapixels; of a picture in progressive JPEG at most 52 are read',
    ],
    [
      'a PNG of 50 megapixels',
      () => pngOf(header({ width: 8688, height: 5792 }), chunk('IDAT', Buffer.alloc(9))),
      'it has 8688x5792 pixels, 50 megapixels; of a picture in PNG at most 30 are read',
    ],
    [
      'a bomb that says so',
      () => pngOf(header({ width: 60_000, height: 60_000 }), chunk('IDAT', Buffer.alloc(9))),
      'it has 60000x60000 pixels, 3600 megapixels; of a picture in PNG at most 30 are read',
    ],
  ];
  it.each(refused)('is refused with its size and what to do: %s', async (_, bytes, message) => {
    const advice = ', so make it smaller first, for example 4000 pixels wide';
    await expect(decodePicture(bytes())).rejects.toThrow(new Error(message + advice));
  });

  it('is refused before it is opened where the file is too large', async () => {
    const path = join(folder, 'large.jpg');
    writeFileSync(path, '');
    truncateSync(path, 65 * 2 ** 20);
    await expect(loadPicture(path)).rejects.toThrow(
      `cannot load the picture ${path}: it has 65 MB; make it smaller first, 64 MB are read`,
    );
  });
});
