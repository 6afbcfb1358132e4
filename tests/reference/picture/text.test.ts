import { describe, expect, it } from 'vitest';
import { characters } from '../../../reference/lib/picture/glyphs.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import type { Raster } from '../../../reference/lib/picture/raster.ts';
import { drawText, textWidth, wrapText } from '../../../reference/lib/picture/text.ts';

const colour = [0, 0, 0] as const;

/** Ink of every pixel, 0 to 1, of a text on white with its baseline at y = 20. */
function ink(
  text: string,
  size = 14,
  more: { bold?: boolean } = {},
): { at: (x: number, y: number) => number; all: Float32Array } {
  const raster = createRaster(60, 32);
  drawText(raster, text, { x: 4, y: 20, size, colour, ...more });
  const all = Float32Array.from({ length: 60 * 32 }, (_, i) => 1 - raster.data[3 * i]);
  return { at: (x, y) => all[y * 60 + x], all };
}

const amount = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
const isSpace = (character: string): boolean => character.trim() === '';

describe('the letters', () => {
  it('cover what figures need: printable ASCII and the usual mathematical signs', () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
    for (const character of [...ascii, ...'−–×±·≤≥≈→σλεμ…°²’']) expect(characters).toContain(character);
  });

  it.each([11, 14, 20])('all leave ink and are pairwise different at %d pixels', (size) => {
    const visible = characters.filter((character) => !isSpace(character));
    const drawn = new Map<string, string>();
    for (const character of visible) {
      const { all } = ink(character, size);
      expect(amount(all), character).toBeGreaterThan(0.8);
      const key = all.map((value) => Math.round(value * 8)).join();
      expect(drawn.get(key), `${character} looks like ${drawn.get(key)}`).toBeUndefined();
      drawn.set(key, character);
    }
  });

  it('differ from the crossed box that stands for a missing one', () => {
    const missing = ink('漢').all;
    expect(amount(missing)).toBeGreaterThan(5);
    for (const character of characters) expect(ink(character).all).not.toEqual(missing);
  });

  it('stand on the baseline and end at whole pixels, so that they are crisp', () => {
    for (const size of [11, 12, 13, 14, 20]) {
      const { at } = ink('E', size);
      const capital = Math.round(0.7 * size);
      const row = (y: number): number => Math.max(...Array.from({ length: 30 }, (_, x) => at(x, y)));
      expect(row(20)).toBe(0);
      expect(row(19)).toBeGreaterThan(0.9);
      expect(row(20 - capital)).toBeGreaterThan(0.9);
      expect(row(20 - capital - 1)).toBe(0);
    }
  });

  it('are heavier in bold', () => {
    expect(amount(ink('Hag', 14, { bold: true }).all)).toBeGreaterThan(1.15 * amount(ink('Hag').all));
  });
});

describe('a line of text', () => {
  /** First and last column with ink, and first and last row. */
  function extent({ width, height, data }: Raster): {
    left: number;
    right: number;
    top: number;
    bottom: number;
  } {
    const found = { left: width, right: -1, top: height, bottom: -1 };
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (data[3 * (y * width + x)] > 0.5) continue;
        found.left = Math.min(found.left, x);
        found.right = Math.max(found.right, x);
        found.top = Math.min(found.top, y);
        found.bottom = Math.max(found.bottom, y);
      }
    }
    return found;
  }

  it('is as wide as its letters together', () => {
    const style = { size: 13 };
    expect(textWidth('ab', style)).toBe(textWidth('a', style) + textWidth('b', style));
    expect(textWidth('', style)).toBe(0);
  });

  it('ends, or has its middle, where it is asked to', () => {
    const ends = createRaster(200, 40);
    drawText(ends, 'ending', { x: 150, y: 25, size: 14, colour, align: 'end' });
    expect(Math.abs(extent(ends).right - 149)).toBeLessThanOrEqual(2);
    const middle = createRaster(200, 40);
    drawText(middle, 'middle', { x: 100, y: 25, size: 14, colour, align: 'middle' });
    const { left, right } = extent(middle);
    expect(Math.abs((left + right + 1) / 2 - 100)).toBeLessThanOrEqual(2);
  });

  it('is read from below where it is vertical', () => {
    const level = createRaster(80, 80);
    drawText(level, 'F', { x: 20, y: 40, size: 20, colour });
    const upright = createRaster(80, 80);
    drawText(upright, 'F', { x: 40, y: 60, size: 20, colour, vertical: true });
    for (let y = 0; y < 80; y++) {
      for (let x = 0; x < 80; x++)
        expect(upright.data[3 * ((79 - x) * 80 + y)]).toBe(level.data[3 * (y * 80 + x)]);
    }
  });

  it('is cut at the border of the picture without an error', () => {
    const small = createRaster(6, 6);
    drawText(small, 'large text', { x: -3, y: 5, size: 14, colour });
    expect(Math.min(...small.data)).toBeLessThan(0.5);
  });

  it('is broken between words and at line feeds', () => {
    const style = { size: 12 };
    const lines = wrapText('one two three four\nfive', textWidth('one two', style), style);
    expect(lines).toEqual(['one two', 'three', 'four', 'five']);
  });

  it('keeps a word that is too long whole, and words joined by a no-break space together', () => {
    expect(wrapText('incomprehensibilities', 10, { size: 12 })).toEqual(['incomprehensibilities']);
    const style = { size: 12 };
    expect(wrapText('score\u00a07 now', textWidth('score', style), style)).toEqual(['score\u00a07', 'now']);
  });
});
