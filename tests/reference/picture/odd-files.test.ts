import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePicture, loadPicture } from '../../../reference/lib/picture/files.ts';
import type { Raster } from '../../../reference/lib/picture/raster.ts';
import { chunk, header, pixels, pngOf } from '../../picture/build-png.ts';
import { greyJpeg, withOrientation } from './build-jpeg.ts';

const data = (name: string): string => join(import.meta.dirname, 'data', name);

/** The colours of the quarters, by the name of the nearest of those that the pictures have. */
function quarters({ width, height, data }: Raster): string {
  const colours = { red: '224,32,32', green: '32,192,32', blue: '32,64,224', white: '255,255,255' };
  const nameAt = (x: number, y: number): string => {
    const at = 3 * (Math.floor(y * height) * width + Math.floor(x * width));
    const distance = (colour: string): number =>
      Math.max(...colour.split(',').map((value, c) => Math.abs(Number(value) - 255 * data[at + c])));
    const near = Object.entries(colours).find(([, colour]) => distance(colour) < 6);
    return near?.[0] ?? 'another';
  };
  return [nameAt(0.25, 0.25), nameAt(0.75, 0.25), nameAt(0.25, 0.75), nameAt(0.75, 0.75)].join(' ');
}
const UPRIGHT = 'red green blue white';

describe('a photograph', () => {
  const kinds = [
    'baseline.jpg',
    'progressive.jpg',
    'arithmetic.jpg',
    'cmyk.jpg',
    'ycck.jpg',
    'gif.gif',
    'avif.avif',
    'webp-under-a-false-name.jpg',
    'heic-under-a-false-name.jpg',
  ];
  it.each(kinds)('is read in its colours: %s', async (name) => {
    const raster = await loadPicture(data(name));
    expect([raster.width, raster.height]).toEqual([24, 16]);
    expect(quarters(raster)).toBe(UPRIGHT);
  });

  it('without colours is read, too', async () => {
    const { data: rgb } = await loadPicture(data('grey.jpg'));
    expect([...rgb.subarray(0, 3)].map((value) => Math.round(255 * value))).toEqual([73, 73, 73]);
    expect([...rgb.subarray(-3)]).toEqual([1, 1, 1]);
  });

  const jpeg = readFileSync(data('baseline.jpg'));
  const turned: [number, string][] = [
    [1, 'red green blue white'],
    [2, 'green red white blue'],
    [3, 'white blue green red'],
    [4, 'blue white red green'],
    [5, 'red blue green white'],
    [6, 'blue red white green'],
    [7, 'white green blue red'],
    [8, 'green white red blue'],
    [9, UPRIGHT],
  ];
  it.each(turned)(
    'is turned as the camera was held: orientation %d of EXIF',
    async (orientation, expected) => {
      for (const bytes of ['little-endian', 'big-endian'] as const) {
        const raster = await decodePicture(withOrientation({ jpeg, orientation, bytes }));
        expect(quarters(raster)).toBe(expected);
        const isUpright = orientation < 5 || orientation > 8;
        expect([raster.width, raster.height]).toEqual(isUpright ? [24, 16] : [16, 24]);
      }
    },
  );

  it('of many pixels comes scaled down, all of it, turned as well', async () => {
    const large = greyJpeg({ width: 4000, height: 2000 });
    const raster = await decodePicture(withOrientation({ jpeg: large, orientation: 6 }));
    expect(raster.width * raster.height).toBeLessThanOrEqual(4_000_000);
    expect(raster.width * raster.height).toBeGreaterThan(1_000_000);
    expect(raster.height / raster.width).toBeCloseTo(2, 2);
    expect(raster.data.every((value) => Math.abs(255 * value - 128) < 1)).toBe(true);
  });
});

describe('a PNG', () => {
  const kinds: [string, Uint8Array, number[]][] = [
    [
      'grey',
      pngOf(header({ width: 2, height: 1, colourType: 0 }), pixels([0, 9, 200])),
      [9, 9, 9, 200, 200, 200],
    ],
    [
      'grey with opacity',
      pngOf(header({ width: 2, height: 1, colourType: 4 }), pixels([0, 9, 255, 0, 0])),
      [9, 9, 9, 255, 255, 255],
    ],
    [
      'two-coloured',
      pngOf(header({ width: 2, height: 1, colourType: 0, depth: 1 }), pixels([0, 0b01000000])),
      [0, 0, 0, 255, 255, 255],
    ],
    [
      '16 bits deep',
      pngOf(header({ width: 1, height: 1, colourType: 2, depth: 16 }), pixels([0, 255, 255, 0, 0, 128, 128])),
      [255, 0, 128],
    ],
    [
      'with a palette and a transparent colour in it',
      pngOf(
        header({ width: 2, height: 1, colourType: 3 }),
        chunk('PLTE', Buffer.from([1, 2, 3, 4, 5, 6])),
        chunk('tRNS', Buffer.from([255, 0])),
        pixels([0, 0, 1]),
      ),
      [1, 2, 3, 255, 255, 255],
    ],
    [
      'with one colour taken for transparent',
      pngOf(
        header({ width: 2, height: 1, colourType: 2 }),
        chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3])),
        pixels([0, 1, 2, 3, 4, 5, 6]),
      ),
      [255, 255, 255, 4, 5, 6],
    ],
    [
      'interlaced',
      pngOf(header({ width: 2, height: 1, colourType: 2, interlace: 1 }), pixels([0, 1, 2, 3, 0, 4, 5, 6])),
      [1, 2, 3, 4, 5, 6],
    ],
    [
      'animated, of which the first picture counts',
      pngOf(
        header({ width: 1, height: 1, colourType: 2 }),
        chunk('acTL', Buffer.from('0000000200000000', 'hex')),
        chunk('fcTL', Buffer.from('0000000000000001000000010000000000000000000a00640000', 'hex')),
        pixels([0, 1, 2, 3]),
        chunk('fcTL', Buffer.from('0000000100000001000000010000000000000000000a00640000', 'hex')),
        chunk('fdAT', Buffer.from([0, 0, 0, 2, 1, 2, 3, 4])),
      ),
      [1, 2, 3],
    ],
  ];
  it.each(kinds)('is read that is %s', async (_, file, rgb) => {
    const { data } = await decodePicture(file);
    expect(Array.from(data, (value) => Math.round(255 * value))).toEqual(rgb);
  });
});

describe('a file that is no picture to be read', () => {
  const named: [string, Uint8Array][] = [
    ['a BMP picture', readFileSync(data('bmp.bmp'))],
    ['a TIFF picture or what a camera calls raw', readFileSync(data('tiff.tiff'))],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['an SVG drawing or a web page', Buffer.from('<!DOCTYPE html>')],
    ['a video', Buffer.from('\0\0\0\x18ftypmp42', 'latin1')],
    ['a Photoshop document', Buffer.from('8BPS\0\x01')],
    ['a zip', Buffer.from('PK\x03\x04')],
    ['neither a PNG nor a JPEG file', Buffer.from('text')],
    ['neither a PNG nor a JPEG file', new Uint8Array()],
  ];
  it.each(named)('is named, with what to do: %s', async (what, bytes) => {
    await expect(decodePicture(bytes)).rejects.toThrow(
      new Error(`this is ${what}; convert the picture to PNG or JPEG`),
    );
  });

  it.each(['baseline.jpg', 'progressive.jpg', 'cmyk.jpg', 'gif.gif', 'webp-under-a-false-name.jpg'])(
    'was cut off: %s',
    async (name) => {
      const whole = readFileSync(data(name));
      for (const share of [0.5, 0.8]) {
        await expect(decodePicture(whole.subarray(0, share * whole.length))).rejects.toThrow(
          'damaged or cut off',
        );
      }
    },
  );

  it('is damaged, or read all the same, in a sentence without the paths of a library', async () => {
    const files = [
      'baseline.jpg',
      'progressive.jpg',
      'cmyk.jpg',
      'heic-under-a-false-name.jpg',
      'avif.avif',
    ].map((name) => readFileSync(data(name)));
    const change = fc.tuple(fc.nat(1000), fc.nat(255));
    const changed = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    });
    let read = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(changed, async ({ file, changes }) => {
        const bytes = Uint8Array.from(file);
        for (const [where, value] of changes) bytes[Math.floor((where / 1000) * (bytes.length - 1))] = value;
        try {
          const { width, height, data } = await decodePicture(bytes);
          expect(data).toHaveLength(3 * width * height);
          read++;
        } catch (error) {
          expect((error as Error).message).toMatch(/^[^\n`@]{10,200}$/);
          refused++;
        }
      }),
      { seed: 5, numRuns: 300 },
    );
    expect(read).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
  });
});
