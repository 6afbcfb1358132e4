import { describe, expect, it } from 'vitest';
import {
  createRaster,
  crop,
  cropSquare,
  fillRectangle,
  frameRectangle,
  paintThrough,
  paste,
} from '../../../reference/lib/picture/raster.ts';
import type { Raster } from '../../../reference/lib/picture/raster.ts';

/** Red of every pixel, a row a string: `#` for 1, `.` for 0, `+` between. */
const rows = ({ width, height, data }: Raster): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const red = data[3 * (y * width + x)];
      return red === 1 ? '#' : red === 0 ? '.' : '+';
    }).join(''),
  );

const black = (width: number, height: number): Raster => createRaster(width, height, [0, 0, 0]);

describe('a raster', () => {
  it('is filled with a colour', () => {
    expect(Array.from(createRaster(2, 1, [0.25, 0.5, 1]).data)).toEqual([0.25, 0.5, 1, 0.25, 0.5, 1]);
  });

  it('takes the visible part of a rectangle', () => {
    const raster = black(4, 3);
    fillRectangle(raster, { x: 2, y: -1, width: 5, height: 3 }, [1, 1, 1]);
    expect(rows(raster)).toEqual(['..##', '..##', '....']);
  });

  it('is framed just outside of a rectangle', () => {
    const raster = black(5, 4);
    frameRectangle(raster, { x: 1, y: 1, width: 3, height: 2 }, 1, [1, 1, 1]);
    expect(rows(raster)).toEqual(['#####', '#...#', '#...#', '#####']);
  });

  it('takes the visible part of another raster', () => {
    const raster = black(3, 3);
    paste(raster, createRaster(2, 2), -1, 2);
    expect(rows(raster)).toEqual(['...', '...', '#..']);
  });

  it('is painted through a map of coverages, partly outside', () => {
    const raster = black(2, 2);
    const coverage = { width: 2, height: 2, values: Float32Array.from([1, 0.5, 0, 1]) };
    paintThrough(raster, coverage, 1, 0, [1, 1, 1]);
    expect(rows(raster)).toEqual(['.#', '..']);
    paintThrough(raster, coverage, 0, 0, [0.5, 0.5, 0.5]);
    expect(raster.data[0]).toBe(0.5);
    expect(raster.data[3]).toBe(0.75);
  });

  it('is cropped where it is asked to be', () => {
    const raster = black(4, 4);
    fillRectangle(raster, { x: 2, y: 1, width: 1, height: 1 }, [1, 1, 1]);
    expect(rows(crop(raster, { x: 1, y: 1, width: 3, height: 2 }))).toEqual(['.#.', '...']);
  });

  it('is cropped to its central square', () => {
    const raster = black(5, 2);
    fillRectangle(raster, { x: 1, y: 0, width: 1, height: 2 }, [1, 1, 1]);
    expect(rows(cropSquare(raster))).toEqual(['#.', '#.']);
  });

  it.each([
    { x: -1, y: 0, width: 2, height: 2 },
    { x: 3, y: 0, width: 2, height: 1 },
    { x: 0, y: 0, width: 0, height: 1 },
  ])('is not cropped beyond its border ($x, $y, $width, $height)', (rectangle) => {
    expect(() => crop(black(4, 4), rectangle)).toThrow('cannot crop');
  });
});
