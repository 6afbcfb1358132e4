import { describe, expect, it } from 'vitest';
import { diverging, ember } from '../../../reference/lib/picture/colour-maps.ts';
import {
  heatMap,
  magnitudeRange,
  overlay,
  resizeMap,
  signedMap,
  signedRange,
} from '../../../reference/lib/picture/heat-map.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import type { Colour, Raster, ScalarMap } from '../../../reference/lib/picture/raster.ts';

const map = (...values: readonly number[]): ScalarMap => ({
  width: values.length,
  height: 1,
  values: Float32Array.from(values),
});

const pixel = ({ data }: Raster, index: number): number[] => Array.from(data.slice(3 * index, 3 * index + 3));
const float32 = (colour: Colour): number[] => Array.from(Float32Array.from(colour));

describe('a range of values', () => {
  it('runs from 0 to the largest magnitude of all maps', () => {
    expect(magnitudeRange([map(1, -3), map(2)])).toEqual({ min: 0, max: 3 });
  });

  it('leaves the largest values out where a share is given', () => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    expect(magnitudeRange([map(...values)], 0.9).max).toBeCloseTo(90, 5);
  });

  it('is symmetric about 0 for signed values', () => {
    expect(signedRange([map(-4, 1)])).toEqual({ min: -4, max: 4 });
  });

  it('ignores values that are not finite', () => {
    expect(magnitudeRange([map(1, NaN, Infinity, 2)]).max).toBe(2);
    expect(magnitudeRange([map(NaN)]).max).toBe(0);
  });
});

describe('a heat map', () => {
  it('colours the largest value with the end of the colour map and 0 with its start', () => {
    const picture = heatMap(map(0, 5, 10));
    expect(pixel(picture, 0)).toEqual(float32(ember(0)));
    expect(pixel(picture, 1)).toEqual(float32(ember(0.5)));
    expect(pixel(picture, 2)).toEqual(float32(ember(1)));
  });

  it('is dark everywhere for a map of zeros', () => {
    const picture = heatMap(map(0, 0));
    expect(pixel(picture, 1)).toEqual(float32(ember(0)));
  });

  it('colours 0 of a signed map neutral, whatever the other values', () => {
    for (const values of [
      [0, 5, 1],
      [0, -2, 0.1],
      [0, 0, 0],
    ]) {
      expect(pixel(signedMap(map(...values)), 0)).toEqual(float32(diverging(0.5)));
    }
  });

  it('colours opposite values with the opposite ends', () => {
    const picture = signedMap(map(-2, 2));
    expect(pixel(picture, 0)).toEqual(float32(diverging(0)));
    expect(pixel(picture, 1)).toEqual(float32(diverging(1)));
  });
});

describe('an overlay', () => {
  const picture = createRaster(4, 4, [0.2, 0.4, 0.6]);

  it('shows the gray picture where it is transparent', () => {
    const luma = 0.299 * 0.2 + 0.587 * 0.4 + 0.114 * 0.6;
    const { data } = overlay(picture, map(1, 1), { opacity: 0, floor: 0 });
    for (const value of data) expect(value).toBeCloseTo(luma, 5);
  });

  it('shows the heat map alone where it is opaque', () => {
    const opaque = overlay(
      picture,
      { width: 4, height: 4, values: new Float32Array(16).fill(2) },
      { opacity: 1 },
    );
    pixel(opaque, 5).forEach((value, c) => expect(value).toBeCloseTo(ember(1)[c], 6));
  });

  it('resizes a coarse map to the picture', () => {
    const result = overlay(picture, map(0, 1));
    expect([result.width, result.height]).toEqual([4, 4]);
    expect(pixel(result, 3)[0]).toBeGreaterThan(pixel(result, 0)[0]);
  });
});

describe('a resized map', () => {
  it('is interpolated', () => {
    expect(Array.from(resizeMap(map(0, 1), 4, 1).values)).toEqual([0, 0.25, 0.75, 1]);
  });

  it('keeps negative values', () => {
    expect(Array.from(resizeMap(map(-1, -1, 3, 3), 2, 1).values)[0]).toBeLessThan(0);
  });
});
