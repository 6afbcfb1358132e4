import { describe, expect, it } from 'vitest';
import { decodePng, thumbnail, thumbnailUri } from '../../grader/picture/index.ts';
import { drawn, flat, heatMap, noise } from './rasters.ts';

describe('thumbnail', () => {
  it('leaves a small picture as it is', () => {
    const raster = noise(20, 10, 'small');
    expect(thumbnail(raster, 20)).toBe(raster);
  });

  it('keeps the proportions, down to one pixel', () => {
    const size = (width: number, height: number, side: number): number[] => {
      const small = thumbnail(flat(width, height, [1, 2, 3]), side);
      return [small.width, small.height, small.data.length];
    };
    expect(size(200, 100, 50)).toEqual([50, 25, 5000]);
    expect(size(100, 200, 50)).toEqual([25, 50, 5000]);
    expect(size(500, 2, 50)).toEqual([50, 1, 200]);
  });

  it('averages the area under each pixel, where it divides evenly', () => {
    const checks = drawn(4, 2, (x, y) => ((x + y) % 2 === 0 ? [200, 0, 0] : [0, 100, 0]));
    expect([...thumbnail(checks, 2).data]).toEqual([100, 50, 0, 255, 100, 50, 0, 255]);
  });

  it('averages the area under each pixel, where it does not', () => {
    const three = drawn(3, 1, (x) => [[30, 60, 90][x], 0, 0]);
    // Each of two pixels covers one and a half: (30 + 60/2) / 1.5 and (60/2 + 90) / 1.5.
    const two = thumbnail(three, 2);
    expect([two.data[0], two.data[4]]).toEqual([40, 80]);
  });

  it('keeps the mean colour of the whole', () => {
    const raster = noise(97, 61, 'mean');
    const mean = (data: Uint8Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(mean(thumbnail(raster, 31).data)).toBeCloseTo(mean(raster.data), 0);
  });

  it('lets what is transparent not darken what is not', () => {
    const half = drawn(2, 1, (x) => (x === 0 ? [200, 100, 50, 255] : [0, 0, 0, 0]));
    expect([...thumbnail(half, 1).data]).toEqual([200, 100, 50, 128]);
    expect([...thumbnail(flat(4, 4, [9, 9, 9, 0]), 2).data]).toEqual(Array(16).fill(0));
  });
});

describe('thumbnailUri', () => {
  const decoded = (uri: string) =>
    decodePng(Buffer.from(uri.slice('data:image/png;base64,'.length), 'base64'));

  it('is a picture of the asked size where that fits', () => {
    const uri = thumbnailUri({
      raster: heatMap(192, 128, { x: 50, y: 50 }),
      maxSide: 96,
      maxCharacters: 100_000,
    });
    expect(uri).toMatch(/^data:image\/png;base64,/);
    expect(decoded(uri ?? '')).toMatchObject({ width: 96, height: 64 });
  });

  it('grows smaller until it fits', () => {
    const uri = thumbnailUri({ raster: noise(300, 300, 'large'), maxSide: 300, maxCharacters: 20_000 });
    expect(uri?.length).toBeLessThanOrEqual(20_000);
    expect(decoded(uri ?? '').width).toBeGreaterThan(40);
  });

  it('is nothing where nothing fits', () => {
    expect(
      thumbnailUri({ raster: noise(300, 300, 'large'), maxSide: 300, maxCharacters: 500 }),
    ).toBeUndefined();
  });
});
