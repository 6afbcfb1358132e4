import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Markup } from '../../../grader/report/page/markup.ts';

/** Plot draws into a document; this one lives as long as a chart is made. */
function drawn(options: Plot.PlotOptions, label: string): Markup {
  const { document } = parseHTML('<html><body></body></html>');
  const svg = Plot.plot({
    ...options,
    document,
    style: { background: 'none', color: 'currentColor' },
    ariaLabel: label,
  });
  svg.setAttribute('role', 'img');
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

/**
 * How many submissions have which score, in bins of equal width.
 * @param highest the most points there are without bonus
 */
export function scoreChart(scores: readonly number[], highest: number): Markup {
  const step = highest > 0 ? highest / 20 : 1;
  const bins = Math.floor(Math.max(highest, ...scores) / step) + 1;
  // Multiples of their own, since bins of a fractional interval lose scores to rounding.
  const thresholds = Array.from({ length: bins + 1 }, (_, i) => i * step);
  const top = bins * step;
  return drawn(
    {
      width: 640,
      height: 220,
      x: { label: 'points', domain: [0, top] },
      y: {
        label: 'submissions',
        grid: true,
        tickFormat: (count: number) => (Number.isInteger(count) ? String(count) : ''),
      },
      marks: [
        Plot.rectY(scores, {
          ...Plot.binX({ y: 'count' }, { x: (score: number) => score, domain: [0, top], thresholds }),
          inset: 1,
        }),
        Plot.ruleY([0]),
      ],
    },
    `Histogram of ${scores.length} scores from 0 to ${Math.round(top)} points`,
  );
}

export interface PartTime {
  readonly part: string;
  /** Wall time, seconds, of each submission. */
  readonly seconds: readonly number[];
}

/** How long each part took: the middle half as a bar, the median as a line, the slowest as a dot. */
export function timeChart(parts: readonly PartTime[]): Markup {
  const rows = parts.flatMap(({ part, seconds }) => seconds.map((s) => ({ part, seconds: s })));
  const order = parts.map(({ part }) => part);
  return drawn(
    {
      width: 640,
      height: 26 * order.length + 50,
      marginLeft: 150,
      x: { label: 'seconds', grid: true },
      y: { label: null, domain: order },
      marks: [Plot.boxX(rows, { x: 'seconds', y: 'part' })],
    },
    `Seconds that each of ${order.length} parts took`,
  );
}
