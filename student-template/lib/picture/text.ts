import { glyphOf } from './glyphs.ts';
import type { Point } from './outline.ts';
import { penCoverage } from './pen.ts';
import { paintThrough } from './raster.ts';
import type { Colour, Raster, ScalarMap } from './raster.ts';

/** The space between two letters, in side bearings. */
const spacing = 1.55;

/** How letters look. */
export interface TextStyle {
  /** Height in pixels from the top of a capital with its accents to the bottom of a tail; capitals take 0.7. */
  readonly size: number;
  readonly bold?: boolean;
}

/** Where and how to write. */
export interface TextOptions extends TextStyle {
  /** Pixels from the left: of the text's start, middle or end, as `align` says. */
  readonly x: number;
  /** Pixels from the top: the baseline. */
  readonly y: number;
  readonly colour: Colour;
  /** Default: `start`. */
  readonly align?: 'start' | 'middle' | 'end';
  /** Turned by 90 degrees, to be read from below; then x is the baseline, and `align` goes upwards from y. */
  readonly vertical?: boolean;
}

/** Sizes in pixels, rounded so that stems and baselines fall on whole pixels and look crisp. */
function metrics({ size, bold = false }: TextStyle) {
  const unit = size / 10;
  const pen = Math.max(1.1, size * (bold ? 0.125 : 0.092));
  // The heights at which letters end, in font units and in pixels from the baseline up.
  const heights = [-2, 0, 5, 7].map((y) => Math.round(y * unit));
  const pixels = [heights[0] + pen / 2, pen / 2, heights[2] - pen / 2, heights[3] - pen / 2];
  return { unit, pen, pixels };
}

/** Font units up from the baseline to pixels, linear between the heights that are rounded. */
function liftOf(y: number, pixels: readonly number[]): number {
  const units = [-2, 0, 5, 7];
  const part = y < 0 ? 0 : y < 5 ? 1 : 2;
  const share = (y - units[part]) / (units[part + 1] - units[part]);
  return pixels[part] + share * (pixels[part + 1] - pixels[part]);
}

interface Layout {
  /** Pen strokes in pixels, the baseline at y = 0, y downwards. */
  readonly lines: readonly (readonly Point[])[];
  readonly width: number;
}

function layOut(text: string, style: TextStyle): Layout {
  const { unit, pen, pixels } = metrics(style);
  const lines: Point[][] = [];
  let x = 0;
  for (const character of text) {
    const glyph = glyphOf(character);
    const inner = Math.round(glyph.width * unit);
    const stretch = glyph.width === 0 ? 1 : inner / glyph.width;
    const advance = Math.round(inner + pen + spacing * glyph.side * unit);
    const start = x + Math.round((advance - inner - pen) / 2) + pen / 2;
    for (const line of glyph.lines) {
      lines.push(line.map(([px, py]): Point => [start + px * stretch, -liftOf(py, pixels)]));
    }
    x += advance;
  }
  return { lines, width: x };
}

/** Width in pixels that a line of text takes. */
export function textWidth(text: string, style: TextStyle): number {
  return layOut(text, style).width;
}

/** The coverage of a text's pixels; its baseline is `ascent` pixels below the top. */
function textCoverage(text: string, style: TextStyle): { coverage: ScalarMap; ascent: number } {
  const { lines, width } = layOut(text, style);
  const ascent = Math.ceil(style.size * 0.9);
  const height = ascent + Math.ceil(style.size * 0.4);
  const lowered = lines.map((line) => line.map(([x, y]): Point => [x, y + ascent]));
  return { coverage: penCoverage(width, height, { lines: lowered, pen: metrics(style).pen }), ascent };
}

/** A quarter turn against the clock. */
function turn({ width, height, values }: ScalarMap): ScalarMap {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      turned[(width - 1 - column) * height + row] = values[row * width + column];
    }
  }
  return { width: height, height: width, values: turned };
}

/** Writes one line of text on a picture. */
export function drawText(raster: Raster, text: string, options: TextOptions): void {
  const { x, y, colour, align = 'start', vertical = false } = options;
  const { coverage, ascent } = textCoverage(text, options);
  const before = Math.round({ start: 0, middle: coverage.width / 2, end: coverage.width }[align]);
  if (vertical) {
    const top = Math.round(y) - (coverage.width - before);
    paintThrough(raster, turn(coverage), Math.round(x) - ascent, top, colour);
  } else {
    paintThrough(raster, coverage, Math.round(x) - before, Math.round(y) - ascent, colour);
  }
}

/** Breaks a text between words into lines that are at most `width` pixels wide, where the words allow it. */
export function wrapText(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && textWidth(longer, style) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.push(line);
  }
  return lines;
}
