/** How the finite values of two tensors are spread, in bins of one width over the range of both. */
export interface Spread {
  readonly lowest: number;
  readonly highest: number;
  /** How many values fall into each bin. */
  readonly expected: readonly number[];
  readonly received: readonly number[];
}

const BINS = 24;

type Values = ArrayLike<number>;

/** Undefined where there are no two different finite values. */
export function spreadOf({ expected, received }: { expected: Values; received: Values }): Spread | undefined {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const values of [expected, received]) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      lowest = Math.min(lowest, values[i]);
      highest = Math.max(highest, values[i]);
    }
  }
  const width = (highest - lowest) / BINS;
  if (!(width > 0 && Number.isFinite(width))) return undefined;
  const count = (values: Values): number[] => {
    const bins = new Int32Array(BINS);
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) bins[Math.min(BINS - 1, Math.floor((values[i] - lowest) / width))]++;
    }
    return [...bins];
  };
  return { lowest, highest, expected: count(expected), received: count(received) };
}
