import { logTickValues, tickValues } from './ticks.ts';

/** Maps values of one axis to pixels. */
export interface Axis {
  readonly ticks: readonly number[];
  readonly toPixel: (value: number) => number;
}

/** What an axis is to show, and where it lies. */
export interface AxisOptions {
  readonly min: number;
  readonly max: number;
  /** Pixels of the smallest and largest value. */
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
  readonly tickCount: number;
}

/** An axis with round ticks; logarithmic where `log` is set. */
export function axis({ min, max, from, to, log, tickCount }: AxisOptions): Axis {
  const scale = log ? Math.log10 : (value: number): number => value;
  const extent = scale(max) - scale(min) || 1;
  return {
    ticks: log ? logTickValues(min, max) : tickValues(min, max, tickCount),
    toPixel: (value) => from + ((scale(value) - scale(min)) / extent) * (to - from),
  };
}

/** The smallest and largest finite value; equal ones are moved apart. */
export function extentOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  return min === max ? [min - 0.5, max + 0.5] : [min, max];
}
