import type { Spread } from '../../numeric/spread.ts';
import { markup, type Markup } from './markup.ts';
import type { Whose } from './whose.ts';

const HEIGHT = 60;
const WIDTH = 10;

const round = (x: number): string => String(Number(x.toPrecision(3)));

/** How the values are spread: expected as a line, received as bars, on one axis of values. */
export function spreadChart({ lowest, highest, expected, received }: Spread, whose: Whose): Markup {
  const most = Math.max(...expected, ...received);
  const y = (count: number): number => HEIGHT - (HEIGHT * count) / most;
  const bars = received.map((count, i) =>
    count === 0
      ? ''
      : markup`<rect class="received" x="${i * WIDTH + 1}" y="${y(count).toFixed(1)}" width="${WIDTH - 2}" height="${(HEIGHT - y(count)).toFixed(1)}"/>`,
  );
  const steps = expected.map(
    (count, i) => `${i * WIDTH},${y(count).toFixed(1)} ${(i + 1) * WIDTH},${y(count).toFixed(1)}`,
  );
  const width = WIDTH * expected.length;
  const label = `Histogram of all values from ${round(lowest)} to ${round(highest)}`;
  return markup`<figure class="chart"><svg class="spread" viewBox="0 -2 ${width} ${HEIGHT + 4}" role="img" aria-label="${label}">${bars}<polyline class="expected" points="0,${HEIGHT} ${steps.join(' ')} ${width},${HEIGHT}"/></svg><figcaption><span class="ends"><span>${round(lowest)}</span><span>${round(highest)}</span></span>values: expected as the line, ${whose} as bars</figcaption></figure>`;
}
