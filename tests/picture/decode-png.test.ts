import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraderError, SubmissionError } from '../../grader/format/errors.ts';
import { decodePng, encodePng } from '../../grader/picture/index.ts';
import { chunk, header, pixels, pngOf } from './build-png.ts';
import { heatMap, noise } from './rasters.ts';

describe('decoding', () => {
  it('gives back what was encoded', () => {
    for (const raster of [noise(7, 5, 'small'), noise(1, 1, 'one'), heatMap(96, 64, { x: 20, y: 30 })]) {
      expect(decodePng(encodePng(raster))).toEqual(raster);
    }
  });

  const kinds: [string, Uint8Array, number[]][] = [
    [
      'grey',
      pngOf(header({ width: 2, height: 1, colourType: 0 }), pixels([0, 9, 200])),
      [9, 9, 9, 255, 200, 200, 200, 255],
    ],
    [
      'two-coloured',
      pngOf(header({ width: 2, height: 1, colourType: 0, depth: 1 }), pixels([0, 0b01000000])),
      [0, 0, 0, 255, 255, 255, 255, 255],
    ],
    [
      '16 bits deep',
      pngOf(header({ width: 1, height: 1, colourType: 2, depth: 16 }), pixels([0, 255, 255, 0, 0, 128, 128])),
      [255, 0, 128, 255],
    ],
    [
      'with a palette',
      pngOf(
        header({ width: 2, height: 1, colourType: 3 }),
        chunk('PLTE', Buffer.from([1, 2, 3, 4, 5, 6])),
        pixels([0, 1, 0]),
      ),
      [4, 5, 6, 255, 1, 2, 3, 255],
    ],
    [
      'with a palette and a transparent colour in it',
      pngOf(
        header({ width: 2, height: 1, colourType: 3, depth: 1 }),
        chunk('PLTE', Buffer.from([1, 2, 3, 4, 5, 6])),
        chunk('tRNS', Buffer.from([255, 0])),
        pixels([0, 0b01000000]),
      ),
      [1, 2, 3, 255, 4, 5, 6, 0],
    ],
    [
      'grey with opacity, 16 bits deep',
      pngOf(header({ width: 1, height: 1, colourType: 4, depth: 16 }), pixels([0, 9, 9, 128, 128])),
      [9, 9, 9, 128],
    ],
    [
      'without one of its colours',
      pngOf(
        header({ width: 2, height: 1, colourType: 2 }),
        chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3])),
        pixels([0, 1, 2, 3, 4, 5, 6]),
      ),
      [0, 0, 0, 0, 4, 5, 6, 255],
    ],
    [
      'animated, by its first picture',
      pngOf(
        header({ width: 1, height: 1, colourType: 2 }),
        chunk('acTL', Buffer.from('0000000200000000', 'hex')),
        chunk('fcTL', Buffer.from('0000000000000001000000010000000000000000000a00640000', 'hex')),
        pixels([0, 1, 2, 3]),
        chunk('fcTL', Buffer.from('0000000100000001000000010000000000000000000a00640000', 'hex')),
        chunk('fdAT', Buffer.from([0, 0, 0, 2, 1, 2, 3, 4])),
      ),
      [1, 2, 3, 255],
    ],
    [
      'interlaced',
      pngOf(header({ width: 1, height: 1, colourType: 2, interlace: 1 }), pixels([0, 1, 2, 3])),
      [1, 2, 3, 255],
    ],
    [
      'with text in it and bytes after it',
      new Uint8Array([
        ...pngOf(chunk('tEXt', Buffer.from('a\0b'))).subarray(0, 8),
        ...pngOf(
          header({ width: 1, height: 1 }),
          chunk('tEXt', Buffer.from('a\0b')),
          pixels([0, 1, 2, 3, 4]),
        ).subarray(8),
        1,
        2,
        3,
      ]),
      [1, 2, 3, 4],
    ],
  ];
  it.each(kinds)('reads a picture that is %s', (_, file, rgba) => {
    expect([...decodePng(file).data]).toEqual(rgba);
  });

  it('gives data that lies aligned in memory of its own', () => {
    for (let width = 1; width < 9; width++) {
      const { data } = decodePng(encodePng(noise(width, 1, `w${width}`)));
      expect(data.byteOffset % 4).toBe(0);
      expect(data.buffer.byteLength).toBe(data.length);
    }
  });
});

describe('a file that is refused', () => {
  const rows = (count: number): Uint8Array => new Uint8Array(count);
  const small = encodePng(noise(8, 8, 'small'));
  const cases: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(), /not a PNG/],
    [
      'a JPEG',
      Buffer.from('ffd8ffe000104a464946', 'hex'),
      /^The picture is not a PNG file: it is a JPEG picture under the name of one\. Save it as PNG\.$/,
    ],
    ['a WebP', Buffer.from('RIFF\x0a\0\0\0WEBPVP8 '), /it is a WebP picture/],
    ['a GIF', Buffer.from('GIF89a'), /it is a GIF picture/],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic', 'latin1'), /it is a HEIC picture/],
    ['as an iPhone keeps it inside apps', pngOf(chunk('CgBI', Buffer.alloc(4))), /header is missing/],
    [
      'with an index that its palette lacks',
      pngOf(
        header({ width: 1, height: 1, colourType: 3 }),
        chunk('PLTE', Buffer.from([1, 2, 3])),
        pixels([0, 9]),
      ),
      /cannot be read/,
    ],
    ['cut after the signature', small.subarray(0, 8), /cut off/],
    ['cut in the middle', small.subarray(0, small.length / 2), /cut off/],
    ['without an end mark', small.subarray(0, -12), /cut off/],
    ['without a header', pngOf(pixels([0, 1])), /header is missing/],
    [
      'with two headers, the second one huge',
      pngOf(
        header({ width: 1, height: 1 }),
        header({ width: 60_000, height: 60_000 }),
        pixels([0, 1, 2, 3, 4]),
      ),
      /header is malformed/,
    ],
    ['with no pixels', pngOf(header({ width: 0, height: 4 }), pixels([])), /no pixels/],
    [
      'of an unknown colour type',
      pngOf(header({ width: 1, height: 1, colourType: 5 }), pixels([0, 1])),
      /malformed/,
    ],
    [
      'of an unknown depth',
      pngOf(header({ width: 1, height: 1, depth: 3, colourType: 0 }), pixels([0, 1])),
      /malformed/,
    ],
    [
      'larger than the cap on pixels',
      pngOf(header({ width: 4001, height: 2000 }), pixels([0])),
      /4001x2000 pixels/,
    ],
    [
      'with negative sides',
      pngOf(header({ width: 0xffffffff, height: 0xffffffff }), pixels([0])),
      /4294967295x4294967295/,
    ],
    [
      'a bomb: more pixels than the header says',
      pngOf(header({ width: 1, height: 1 }), pixels(rows(50e6))),
      /cannot be read/,
    ],
    [
      'an interlaced bomb',
      pngOf(header({ width: 8, height: 8, interlace: 1 }), pixels(rows(50e6))),
      /cannot be read/,
    ],
    ['with too few pixels', pngOf(header({ width: 8, height: 8 }), pixels(rows(100))), /cannot be read/],
    [
      'with pixel data cut off',
      pngOf(header({ width: 8, height: 8 }), chunk('IDAT', deflateSync(randomBytes(264)).subarray(0, 99))),
      /cannot be read/,
    ],
    ['without pixel data', pngOf(header({ width: 1, height: 1 })), /cannot be read/],
    [
      'with a palette that is too long',
      pngOf(header({ width: 1, height: 1, colourType: 3 }), chunk('PLTE', rows(3e6)), pixels([0, 0])),
      /malformed/,
    ],
    [
      'without its palette',
      pngOf(header({ width: 1, height: 1, colourType: 3 }), pixels([0, 0])),
      /cannot be read/,
    ],
    [
      'with a critical chunk nobody knows',
      pngOf(header({ width: 1, height: 1 }), chunk('EVIL'), pixels([0, 1, 2, 3, 4])),
      /cannot be read/,
    ],
    ['with a wrong checksum', small.map((byte, i) => (i === 29 ? byte ^ 1 : byte)), /cannot be read/],
  ];
  it.each(cases)('%s', (_, file, message) => {
    expect(() => decodePng(file)).toThrow(SubmissionError);
    expect(() => decodePng(file)).toThrow(message);
  });

  it('over the cap on bytes', () => {
    expect(() => decodePng(small, { maxBytes: small.length })).not.toThrow();
    expect(() => decodePng(small, { maxBytes: small.length - 1 })).toThrow(SubmissionError);
  });

  it('exactly over the cap on pixels', () => {
    expect(() => decodePng(small, { maxPixels: 64 })).not.toThrow();
    expect(() => decodePng(small, { sides: { width: 8, height: 8 } })).not.toThrow();
    expect(() => decodePng(small, { sides: { width: 4, height: 16 } })).toThrow(
      '8x8 pixels; it should have 4x16',
    );
    expect(() => decodePng(small, { maxPixels: 63 })).toThrow('8x8 pixels');
  });

  it.each([0, 1])('stops unpacking a bomb at the size that its header says (interlace %d)', (interlace) => {
    const file = pngOf(header({ width: 2, height: 2, interlace }), pixels(rows(50e6)));
    const cause = (): unknown => {
      try {
        return decodePng(file);
      } catch (error) {
        return error instanceof SubmissionError && error.cause;
      }
    };
    expect(cause()).toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' });
  });

  it('with any bytes flipped, or it decodes to its own size', () => {
    const flips = fc.array(fc.tuple(fc.nat(small.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(flips, (flips) => {
        const file = small.slice();
        for (const [at, mask] of flips) file[at] ^= mask;
        try {
          expect(decodePng(file).data).toHaveLength(256);
        } catch (error) {
          expect(error).toBeInstanceOf(SubmissionError);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('encoding', () => {
  it('is refused for a raster that contradicts itself', () => {
    expect(() => encodePng({ width: 2, height: 2, data: new Uint8Array(15) })).toThrow(GraderError);
    expect(() => encodePng({ width: 0, height: 2, data: new Uint8Array() })).toThrow(GraderError);
  });
});
