import { axis, extentOf } from './axis.ts';
import type { Axis } from './axis.ts';
import type { Point } from './outline.ts';
import { drawStrokes } from './pen.ts';
import { createRaster, fillRectangle } from './raster.ts';
import type { Colour, Raster, Rectangle } from './raster.ts';
import { drawText, textWidth } from './text.ts';
import { formatNumber, hairline, ink, mutedInk, seriesColours } from './theme.ts';

/** One line of a chart. */
export interface Series {
  /** In the legend. */
  readonly name: string;
  /** Points (x, y); those that are not finite break the line. */
  readonly points: readonly Point[];
  /** Default: the next of `seriesColours`. */
  readonly colour?: Colour;
}

/** What a line chart shows. */
export interface LineChartOptions {
  readonly title?: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Pixels, default 420 by 300. */
  readonly width?: number;
  readonly height?: number;
  /** Default: `linear`. With `log`, values must be positive. */
  readonly xScale?: 'linear' | 'log';
  /** Smallest and largest y shown. Default: those of the points, with some air. */
  readonly yRange?: readonly [min: number, max: number];
}

/** A line's points for values at 0, 1, 2, ... */
export function pointsOf(values: Iterable<number>): Point[] {
  return Array.from(values, (value, i): Point => [i, value]);
}

/** The pieces of a line between its gaps, in pixels. */
function pieces(points: readonly Point[], x: Axis, y: Axis): Point[][] {
  const result: Point[][] = [[]];
  for (const [px, py] of points) {
    if (Number.isFinite(px) && Number.isFinite(py)) {
      result[result.length - 1].push([x.toPixel(px), y.toPixel(py)]);
    } else {
      result.push([]);
    }
  }
  return result.map((line) => (line.length === 1 ? [line[0], line[0]] : line));
}

const labelStyle = { size: 13 };
const tickStyle = { size: 12 };

function drawLegend(
  target: Raster,
  names: readonly string[],
  colours: readonly Colour[],
  plot: Rectangle,
): void {
  let x = plot.x;
  names.forEach((name, i) => {
    fillRectangle(target, { x, y: plot.y - 22, width: 18, height: 3 }, colours[i]);
    drawText(target, name, { ...tickStyle, x: x + 25, y: plot.y - 16, colour: ink });
    x += 25 + textWidth(name, tickStyle) + 16;
  });
}

/** Draws lines over two axes with ticks, labels and a legend. */
export function lineChart(options: LineChartOptions): Raster {
  const { series, width = 420, height = 300, xScale = 'linear' } = options;
  const target = createRaster(width, height);
  const colours = series.map((line, i) => line.colour ?? seriesColours[i % seriesColours.length]);
  const [xMin, xMax] = extentOf(series.flatMap(({ points }) => points.map((point) => point[0])));
  const [low, high] = extentOf(series.flatMap(({ points }) => points.map((point) => point[1])));
  const air = (high - low) * 0.05;
  const [yMin, yMax] = options.yRange ?? [low - air, high + air];

  const top = options.title === undefined ? 44 : 72;
  const bottom = height - 50;
  const y = axis({ min: yMin, max: yMax, from: bottom, to: top, log: false, tickCount: 5 });
  const left = 42 + Math.max(...y.ticks.map((tick) => textWidth(formatNumber(tick), tickStyle)));
  const plot = { x: left, y: top, width: width - left - 22, height: bottom - top };
  const x = axis({
    min: xMin,
    max: xMax,
    from: left,
    to: left + plot.width,
    log: xScale === 'log',
    tickCount: Math.max(2, plot.width / 70),
  });

  for (const tick of y.ticks) {
    const level = Math.round(y.toPixel(tick));
    fillRectangle(target, { x: plot.x, y: level, width: plot.width, height: 1 }, hairline);
    const place = { x: plot.x - 8, y: level + 4, align: 'end' } as const;
    drawText(target, formatNumber(tick), { ...tickStyle, ...place, colour: mutedInk });
  }
  for (const tick of x.ticks) {
    const place = Math.round(x.toPixel(tick));
    fillRectangle(target, { x: place, y: bottom + 1, width: 1, height: 5 }, mutedInk);
    const text = { x: place, y: bottom + 19, align: 'middle' } as const;
    drawText(target, formatNumber(tick), { ...tickStyle, ...text, colour: mutedInk });
  }
  fillRectangle(target, { x: plot.x, y: bottom, width: plot.width + 1, height: 1 }, mutedInk);
  series.forEach(({ points }, i) => drawStrokes(target, { lines: pieces(points, x, y), pen: 2 }, colours[i]));

  drawLegend(
    target,
    series.map(({ name }) => name),
    colours,
    plot,
  );
  if (options.title !== undefined) {
    drawText(target, options.title, { size: 15, bold: true, x: plot.x, y: 26, colour: ink });
  }
  const xPlace = { x: plot.x + plot.width / 2, y: height - 12, align: 'middle' } as const;
  drawText(target, options.xLabel, { ...labelStyle, ...xPlace, colour: ink });
  const yPlace = { x: 22, y: plot.y + plot.height / 2, align: 'middle', vertical: true } as const;
  drawText(target, options.yLabel, { ...labelStyle, ...yPlace, colour: ink });
  return target;
}
