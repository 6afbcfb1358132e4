import { describe, expect, it } from 'vitest';
import { barChart } from '../../../reference/lib/picture/bar-chart.ts';
import { lineChart, pointsOf } from '../../../reference/lib/picture/line-chart.ts';
import type { Colour, Raster } from '../../../reference/lib/picture/raster.ts';
import { formatNumber } from '../../../reference/lib/picture/theme.ts';
import { logTickValues, tickValues } from '../../../reference/lib/picture/ticks.ts';

const red: Colour = [1, 0, 0];
const blue: Colour = [0, 0, 1];

/** Columns and rows of the pixels of exactly this colour. */
function pixelsOf({ width, data }: Raster, colour: Colour): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let i = 0; i < data.length / 3; i++) {
    if (colour.every((channel, c) => data[3 * i + c] === channel))
      found.push({ x: i % width, y: Math.floor(i / width) });
  }
  return found;
}

describe('ticks', () => {
  it.each([
    { min: 0, max: 1, count: 5, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { min: -3.2, max: 17, count: 5, ticks: [0, 5, 10, 15] },
    { min: 0, max: 120, count: 5, ticks: [0, 20, 40, 60, 80, 100, 120] },
    { min: -0.03, max: 0.03, count: 4, ticks: [-0.02, 0, 0.02] },
    { min: 5, max: 5, count: 4, ticks: [5] },
  ])('are round numbers from $min to $max', ({ min, max, count, ticks }) => {
    expect(tickValues(min, max, count).map((tick) => tick + 0)).toEqual(ticks);
  });

  it('are powers of ten on a logarithmic axis, with doubles and fivefolds on a short one', () => {
    expect(logTickValues(0.001, 0.3)).toEqual([0.001, 0.01, 0.1]);
    expect(logTickValues(0.02, 0.6)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5]);
  });
});

describe('a number as text', () => {
  it.each([
    [0, '0'],
    [-4.2678, '−4.27'],
    [1234.5, '1230'],
    [0.000123, '1.23e−4'],
    [-2e7, '−2e7'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('a line chart', () => {
  const draw = (values: readonly number[], more = {}): Raster =>
    lineChart({
      xLabel: 'step',
      yLabel: 'score',
      series: [{ name: '', points: pointsOf(values), colour: red }],
      ...more,
    });
  const plotted = (raster: Raster): { x: number; y: number }[] =>
    pixelsOf(raster, red).filter(({ y }) => y > 30);

  it('has the size that was asked for', () => {
    const { width, height } = draw([1, 2], { width: 300, height: 200 });
    expect([width, height]).toEqual([300, 200]);
  });

  it('draws growing values from the lower left to the upper right', () => {
    const points = plotted(draw([0, 1, 2, 3]));
    const first = points.reduce((a, b) => (b.x < a.x ? b : a));
    const last = points.reduce((a, b) => (b.x > a.x ? b : a));
    expect(first.y).toBeGreaterThan(last.y + 100);
  });

  it('leaves a gap where a value is not a number', () => {
    const columns = new Set(plotted(draw([1, 1, 1, NaN, 1, 1, 1])).map(({ x }) => x));
    const [from, to] = [Math.min(...columns), Math.max(...columns)];
    const missing = Array.from({ length: to - from }, (_, i) => from + i).filter((x) => !columns.has(x));
    expect(missing.length).toBeGreaterThan((to - from) * 0.25);
  });

  it('draws equal values as a level line and stays finite without any', () => {
    const rows = new Set(plotted(draw([2, 2, 2])).map(({ y }) => y));
    expect(rows.size).toBeLessThanOrEqual(2);
    expect(draw([]).data.every(Number.isFinite)).toBe(true);
  });

  it('spaces powers of ten evenly on a logarithmic axis', () => {
    const at = (x: number): Raster =>
      lineChart({
        xLabel: 'x',
        yLabel: 'y',
        xScale: 'log',
        series: [
          {
            name: '',
            points: [
              [1, 0],
              [100, 0],
            ],
            colour: blue,
          },
          {
            name: '',
            points: [
              [x, 0],
              [x, 1],
            ],
            colour: red,
          },
        ],
      });
    const column = (x: number): number => Math.min(...plotted(at(x)).map((p) => p.x));
    expect(Math.abs(column(10) - (column(1) + column(100)) / 2)).toBeLessThanOrEqual(1.5);
  });
});

describe('a bar chart', () => {
  const lengths = (values: readonly number[]): number[] => {
    const colours: readonly Colour[] = [red, blue, [0, 1, 0]];
    const raster = barChart({
      bars: values.map((value, i) => ({ name: `bar ${i}`, value, colour: colours[i] })),
    });
    return values.map((_, i) => new Set(pixelsOf(raster, colours[i]).map(({ x }) => x)).size);
  };

  it('has bars as long as their values', () => {
    const [one, two, four] = lengths([1, 2, 4]);
    expect(Math.abs(two - 2 * one)).toBeLessThanOrEqual(2);
    expect(Math.abs(four - 4 * one)).toBeLessThanOrEqual(4);
    expect(one).toBeGreaterThan(20);
  });

  it('draws negative values to the left of zero, as long as positive ones', () => {
    const [below, above, nothing] = lengths([-3, 3, 0]);
    expect(Math.abs(below - above)).toBeLessThanOrEqual(1);
    expect(nothing).toBe(0);
  });

  it('draws no bar for a value that is not a number', () => {
    expect(lengths([NaN, 1])[0]).toBe(0);
  });
});
