import type { Interval } from './interval.ts';

export function shrink(amount: number, by: Interval): number {
  return amount / (by.max - by.min);
}
