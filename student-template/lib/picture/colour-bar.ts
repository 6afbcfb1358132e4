import type { ColourMap } from './colour-maps.ts';
import type { ValueRange } from './heat-map.ts';
import { fillRectangle, frameRectangle } from './raster.ts';
import type { Raster } from './raster.ts';
import { drawText, textWidth } from './text.ts';
import { formatNumber, hairline, ink, mutedInk } from './theme.ts';
import { tickValues } from './ticks.ts';

/** What the colours of the heat maps in a figure mean. */
export interface ColourBar {
  readonly colours: ColourMap;
  readonly range: ValueRange;
  /** Written along the bar. */
  readonly label?: string;
}

const barWidth = 14;
const tickLength = 4;
const tickStyle = { size: 12 };
const labelStyle = { size: 13 };

const ticksOf = ({ range }: ColourBar): readonly number[] =>
  range.max > range.min ? tickValues(range.min, range.max, 4) : [range.min];

/** Pixels across that a colour bar takes with its ticks and label. */
export function colourBarWidth(bar: ColourBar): number {
  const numbers = Math.max(...ticksOf(bar).map((tick) => textWidth(formatNumber(tick), tickStyle)));
  return barWidth + tickLength + 4 + numbers + (bar.label === undefined ? 0 : 22);
}

/** Draws an upright colour bar, its largest value on top, the upper left corner of the colours at (x, y). */
export function drawColourBar(target: Raster, bar: ColourBar, x: number, y: number, height: number): void {
  const { colours, range, label } = bar;
  frameRectangle(target, { x, y, width: barWidth, height }, 1, hairline);
  for (let row = 0; row < height; row++) {
    const colour = colours(1 - (row + 0.5) / height);
    fillRectangle(target, { x, y: y + row, width: barWidth, height: 1 }, colour);
  }
  for (const tick of ticksOf(bar)) {
    const share = range.max > range.min ? (tick - range.min) / (range.max - range.min) : 0;
    const level = y + Math.round((1 - share) * (height - 1));
    fillRectangle(target, { x: x + barWidth + 1, y: level, width: tickLength, height: 1 }, mutedInk);
    drawText(target, formatNumber(tick), {
      ...tickStyle,
      x: x + barWidth + tickLength + 4,
      y: level + 4,
      colour: mutedInk,
    });
  }
  if (label !== undefined) {
    drawText(target, label, {
      ...labelStyle,
      x: x + colourBarWidth(bar) - 3,
      y: y + height / 2,
      colour: ink,
      align: 'middle',
      vertical: true,
    });
  }
}
