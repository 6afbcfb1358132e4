import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ember } from '../../../reference/lib/picture/colour-maps.ts';
import { figure, inRows } from '../../../reference/lib/picture/figure.ts';
import type { FigureOptions } from '../../../reference/lib/picture/figure.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import type { Colour, Raster } from '../../../reference/lib/picture/raster.ts';

const red: Colour = [1, 0, 0];
const green: Colour = [0, 1, 0];
const panel = (colour: Colour, size = 64) => ({ picture: createRaster(size, size, colour) });

/** The number of pixels of exactly this colour, and the box around them. */
function find({ width, height, data }: Raster, colour: Colour) {
  let [count, left, top, right, bottom] = [0, width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      if (colour.some((channel, c) => data[at + c] !== Math.fround(channel))) continue;
      count++;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return { count, left, top, right, bottom };
}

describe('a figure', () => {
  it('enlarges pictures of 64 pixels to 128 and leaves a margin around them', () => {
    const result = figure({ panels: [[panel(red), panel(green)]] });
    expect([result.width, result.height]).toEqual([24 + 128 + 14 + 128 + 24, 24 + 128 + 24]);
    expect(find(result, red)).toEqual({ count: 128 * 128, left: 24, top: 24, right: 151, bottom: 151 });
    expect(find(result, green).left).toBe(24 + 128 + 14);
  });

  it.each([
    { size: 224, cell: undefined, shown: 224 },
    { size: 48, cell: undefined, shown: 144 },
    { size: 32, cell: 160, shown: 160 },
    { size: 200, cell: 100, shown: 100 },
  ])('shows a picture of $size pixels with $shown where the cell is $cell', ({ size, cell, shown }) => {
    const result = figure({ panels: [[panel(red, size)]], cell });
    expect(find(result, red).count).toBe(shown * shown);
  });

  it('keeps the proportions of a picture that is not square', () => {
    const result = figure({ panels: [[{ picture: createRaster(40, 20, red) }]], cell: 100 });
    const { left, right, top, bottom } = find(result, red);
    expect([right - left + 1, bottom - top + 1]).toEqual([100, 50]);
  });

  it('shows hard pixels unless a panel asks for smooth ones', () => {
    const picture = { width: 2, height: 1, data: Float32Array.from([0, 0, 0, 1, 0, 0]) };
    expect(find(figure({ panels: [[{ picture }]], cell: 100 }), red).count).toBe(50 * 50);
    expect(find(figure({ panels: [[{ picture, enlarge: 'bilinear' }]], cell: 100 }), red).count).toBe(
      25 * 50,
    );
  });

  it.each([
    ['title', { title: 'A title' }],
    ['subtitle', { subtitle: 'What is to be seen' }],
    ['columns', { columns: ['one'] }],
    ['note', { note: 'A note' }],
  ] satisfies [string, Partial<FigureOptions>][])('makes room for %s in height', (_, more) => {
    const bare = figure({ panels: [[panel(red)]] });
    const labelled = figure({ panels: [[panel(red)]], ...more });
    expect(labelled.height).toBeGreaterThan(bare.height + 10);
    expect(find(labelled, red).count).toBe(128 * 128);
  });

  it.each([
    ['row labels', { rows: ['a row'] }],
    ['a colour bar', { bars: [{ colours: ember, range: { min: 0, max: 1 } }] }],
  ] satisfies [string, Partial<FigureOptions>][])('makes room for %s in width', (_, more) => {
    const bare = figure({ panels: [[panel(red)]] });
    const labelled = figure({ panels: [[panel(red)]], ...more });
    expect(labelled.width).toBeGreaterThan(bare.width + 10);
    expect(find(labelled, red).count).toBe(128 * 128);
  });

  it('never lets a title, caption or long label cover a picture', () => {
    const long = 'a rather long text that needs several lines in a narrow cell';
    const texts = { title: long, caption: long };
    const result = figure({
      title: long,
      columns: [long, long],
      rows: [long, long],
      panels: [
        [{ ...panel(red), ...texts }, panel(green)],
        [
          { ...panel(green), ...texts },
          { ...panel(red), ...texts },
        ],
      ],
      note: long,
    });
    expect(find(result, red).count).toBe(2 * 128 * 128);
    expect(find(result, green).count).toBe(2 * 128 * 128);
  });

  it('frames a panel in the given colour', () => {
    const result = figure({ panels: [[{ ...panel(red), frame: green }]] });
    expect(find(result, green).count).toBe(134 * 134 - 128 * 128);
  });

  it('leaves a missing panel empty', () => {
    const result = figure({ panels: [[panel(red), undefined], [panel(green)]] });
    expect(find(result, red).count).toBe(128 * 128);
    expect(find(result, [1, 1, 1]).count).toBeGreaterThan(2 * 128 * 128);
  });

  it('puts the largest colour of a bar on top', () => {
    const result = figure({
      panels: [[panel(red)]],
      bars: [{ colours: ember, range: { min: 0, max: 2 }, label: 'value' }],
    });
    const column = 24 + 128 + 14 + 5;
    const redAt = (y: number): number => result.data[3 * (y * result.width + column)];
    expect(redAt(25)).toBeGreaterThan(0.9);
    expect(redAt(150)).toBeLessThan(0.1);
  });

  it('is the same bytes every time', () => {
    const draw = (): string => {
      const { data } = figure({
        title: 'Same bytes',
        rows: ['r'],
        panels: [[{ ...panel(red), caption: 'score −4.27' }]],
      });
      return createHash('sha256')
        .update(Uint8Array.from(data, (value) => Math.round(value * 255)))
        .digest('hex');
    };
    expect(draw().slice(0, 16)).toBe('54394fdd64849839');
  });

  it('refuses labels that do not fit the panels, and no panels at all', () => {
    expect(() => figure({ panels: [[panel(red)]], columns: ['a', 'b'] })).toThrow(
      '2 column labels for 1 columns',
    );
    expect(() => figure({ panels: [[panel(red)]], rows: [] })).toThrow('0 row labels for 1 rows');
    expect(() => figure({ panels: [] })).toThrow('at least one panel');
  });

  it('deals a list of panels into rows', () => {
    const panels = Array.from({ length: 5 }, () => panel(red, 8));
    expect(inRows(panels, 2).map((row) => row.length)).toEqual([2, 2, 1]);
  });
});
