import { createRaster, fillRectangle } from './raster.ts';
import type { Colour, Raster } from './raster.ts';
import { drawText, textWidth } from './text.ts';
import { formatNumber, hairline, ink, mutedInk, seriesColours } from './theme.ts';

/** One bar of a chart, such as a class and its score. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Default: the first of `seriesColours`. */
  readonly colour?: Colour;
}

/** What a bar chart shows. */
export interface BarChartOptions {
  readonly title?: string;
  readonly bars: readonly Bar[];
  /** Pixels, default 320; the height follows from the number of bars. */
  readonly width?: number;
  /** Values at the two ends of the plot. Default: 0 and the extreme values. */
  readonly range?: readonly [min: number, max: number];
  /** How values are written; default three significant digits. */
  readonly format?: (value: number) => string;
}

const rowHeight = 22;
const barHeight = 14;
const margin = 16;
const textStyle = { size: 12 };

/** Draws one horizontal bar per value, its name at the left and the value at its end. */
export function barChart({
  title,
  bars,
  width = 320,
  range,
  format = formatNumber,
}: BarChartOptions): Raster {
  const top = title === undefined ? margin : margin + 26;
  const target = createRaster(width, top + bars.length * rowHeight + margin);
  const names = Math.max(...bars.map(({ name }) => textWidth(name, textStyle)));
  const numbers = Math.max(...bars.map(({ value }) => textWidth(format(value), textStyle)));
  const values = bars.map(({ value }) => value).filter(Number.isFinite);
  const [min, max] = range ?? [Math.min(0, ...values), Math.max(0, ...values)];
  const from = margin + names + 8 + (min < 0 ? numbers + 6 : 0);
  const to = width - margin - numbers - 6;
  const toPixel = (value: number): number => {
    const share = max > min ? (Math.min(max, Math.max(min, value)) - min) / (max - min) : 0;
    return Math.round(from + share * (to - from));
  };
  const zero = toPixel(0);

  if (title !== undefined)
    drawText(target, title, { size: 14, bold: true, x: margin, y: margin + 10, colour: ink });
  bars.forEach(({ name, value, colour = seriesColours[0] }, i) => {
    const middle = top + i * rowHeight + rowHeight / 2;
    const end = Number.isFinite(value) ? toPixel(value) : zero;
    const box = {
      x: Math.min(zero, end),
      y: middle - barHeight / 2,
      width: Math.abs(end - zero),
      height: barHeight,
    };
    fillRectangle(
      target,
      { x: from, y: middle - barHeight / 2, width: to - from, height: barHeight },
      [0.95, 0.955, 0.965],
    );
    fillRectangle(target, box, colour);
    drawText(target, name, { ...textStyle, x: margin + names, y: middle + 4, colour: ink, align: 'end' });
    const place =
      end < zero ? { x: end - 6, align: 'end' as const } : { x: end + 6, align: 'start' as const };
    drawText(target, format(value), { ...textStyle, ...place, y: middle + 4, colour: mutedInk });
  });
  fillRectangle(target, { x: zero, y: top, width: 1, height: bars.length * rowHeight }, hairline);
  return target;
}
