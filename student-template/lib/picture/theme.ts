import { oklabToSrgb } from './oklab.ts';
import type { Colour } from './raster.ts';

/** Colour of titles and labels. */
export const ink: Colour = [0.11, 0.12, 0.15];

/** Colour of captions, ticks and notes. */
export const mutedInk: Colour = [0.38, 0.41, 0.46];

/** Colour of thin frames and grid lines. */
export const hairline: Colour = [0.83, 0.85, 0.88];

/** Frame of a panel whose prediction is right. */
export const rightColour: Colour = oklabToSrgb([0.62, -0.12, 0.09]);

/** Frame of a panel whose prediction is wrong. */
export const wrongColour: Colour = oklabToSrgb([0.6, 0.18, 0.08]);

/** Colours for the lines of a chart: equally strong, told apart also by readers who confuse red and green. */
export const seriesColours: readonly Colour[] = [
  oklabToSrgb([0.5, -0.03, -0.14]),
  oklabToSrgb([0.66, 0.11, 0.12]),
  oklabToSrgb([0.58, -0.11, 0.04]),
  oklabToSrgb([0.55, 0.17, -0.04]),
  oklabToSrgb([0.76, -0.0, 0.14]),
  oklabToSrgb([0.42, 0.07, -0.13]),
  oklabToSrgb([0.72, -0.08, -0.07]),
  oklabToSrgb([0.5, 0.07, 0.06]),
];

/** A number as short text: at most `digits` significant digits, a real minus sign, no trailing zeros. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const magnitude = Math.abs(value);
  const plain = magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e5);
  const rounded = Number(value.toPrecision(digits));
  const text = plain ? String(rounded) : rounded.toExponential().replace('e+', 'e');
  return text.replaceAll('-', '−');
}
