export interface Interval {
  readonly min: number;
  readonly max: number;
}

export function clampTo(value: number, { min, max }: Interval = { min: 0, max: 1 }): number {
  return Math.min(max, Math.max(min, value));
}

export function widen({ min, max }: Interval): Interval {
  return { min: min - 1, max: max + 1 };
}
