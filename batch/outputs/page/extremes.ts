/**
 * The largest of many values and `atLeast`. `Math.max(...values)` ends with a stack overflow where a large class has
 * more values than a call may have arguments.
 */
export const maximum = (values: readonly number[], atLeast = -Infinity): number =>
  values.reduce((largest, value) => Math.max(largest, value), atLeast);

/** The smallest of many values; Infinity where there are none. */
export const minimum = (values: readonly number[]): number =>
  values.reduce((smallest, value) => Math.min(smallest, value), Infinity);
