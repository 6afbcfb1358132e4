import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Markup } from '../../../grader/report/page/markup.ts';
import { maximum } from './extremes.ts';

/** What a chart is drawn for, so that its letters can be read: the width of a page, or of a phone. Widths in pixels. */
const SIZES = [
  { look: 'broad', width: 1000, height: 280 },
  { look: 'narrow', width: 420, height: 260 },
] as const;
type Size = (typeof SIZES)[number];

/** Plot draws into a document; this one lives as long as a chart is made. */
function drawn(options: Plot.PlotOptions, look: Size['look'], label: string): Markup {
  const { document } = parseHTML('<html><body></body></html>');
  const svg = Plot.plot({
    ...options,
    document,
    style: { background: 'none', color: 'currentColor' },
    ariaLabel: label,
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('class', look);
  // The page's own style takes the place of what Plot writes into the chart and no policy lets through.
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const element of [svg, ...svg.querySelectorAll('[style]')]) element.removeAttribute('style');
  // What a mark is called is of no use to a reader, and not allowed where there is no role.
  for (const mark of svg.querySelectorAll('[aria-label]')) {
    mark.setAttribute('data-mark', mark.getAttribute('aria-label') ?? '');
    mark.removeAttribute('aria-label');
  }
  return new Markup(svg.outerHTML);
}

/** At most so many labels on the axis of a count. */
const MOST_TICKS = 5;

/** Integers from 0 on, at steps of 1, 2 or 5 times a power of ten. */
function countTicks(highest: number): number[] {
  const least = Math.max(1, highest / MOST_TICKS);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= least) ?? least;
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
}

/**
 * How many submissions have which score, in bins of equal width.
 * @param highest the most points there are without bonus
 */
export function scoreChart(scores: readonly number[], highest: number): readonly Markup[] {
  const step = highest > 0 ? highest / 20 : 1;
  const bins = Math.floor(maximum(scores, highest) / step) + 1;
  // Multiples of their own, since bins of a fractional interval lose scores to rounding.
  const thresholds = Array.from({ length: bins + 1 }, (_, i) => i * step);
  const top = bins * step;
  const counts = thresholds.map(
    (from, i) => scores.filter((score) => score >= from && score < (thresholds[i + 1] ?? Infinity)).length,
  );
  const label = `Histogram of ${scores.length} scores from 0 to ${Math.round(top)} points`;
  return SIZES.map(({ look, width, height }) =>
    drawn(
      {
        ...{ width, height, marginLeft: 50, marginTop: 30, marginBottom: 40 },
        x: { label: 'points', domain: [0, top] },
        y: { label: 'submissions', grid: true, ticks: countTicks(maximum(counts)), tickFormat: String },
        marks: [
          Plot.rectY(scores, {
            ...Plot.binX({ y: 'count' }, { x: (score: number) => score, domain: [0, top], thresholds }),
            inset: 1,
          }),
          Plot.ruleY([0]),
        ],
      },
      look,
      label,
    ),
  );
}

export interface PartTime {
  readonly part: string;
  /** Wall time, seconds, of each submission. */
  readonly seconds: readonly number[];
}

/** How long each part took: the middle half as a bar, the median as a line, the slowest as a dot. */
export function timeChart(parts: readonly PartTime[]): readonly Markup[] {
  const rows = parts.flatMap(({ part, seconds }) => seconds.map((s) => ({ part, seconds: s })));
  const order = parts.map(({ part }) => part);
  const longest = maximum(rows.map(({ seconds }) => seconds));
  return SIZES.map(({ look, width }) =>
    drawn(
      {
        ...{ width, height: 28 * order.length + 50, marginLeft: 170, marginBottom: 40 },
        x: { label: 'seconds', grid: true, domain: [0, longest > 0 ? longest : 1] },
        y: { label: null, domain: order },
        marks: [Plot.boxX(rows, { x: 'seconds', y: 'part' })],
      },
      look,
      `Seconds that each of ${order.length} parts took`,
    ),
  );
}
