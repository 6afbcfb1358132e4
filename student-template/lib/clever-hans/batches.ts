import { randomStream } from '../random.ts';

/** How to cut a data set into batches. */
export interface BatchOptions {
  /** The number of examples. */
  readonly count: number;
  readonly batchSize: number;
  /** How often each example comes up. */
  readonly epochs: number;
  readonly seed: string | number;
}

/**
 * The examples of each training step, as indices into the data. Each epoch goes through all of them once, in an order
 * of its own; the last batch of an epoch is smaller where the division leaves a rest. The same seed gives the same ones.
 */
export function shuffledBatches({ count, batchSize, epochs, seed }: BatchOptions): number[][] {
  const batches: number[][] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = randomStream(seed).derive('batches').derive(epoch);
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = random.integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    for (let start = 0; start < count; start += batchSize)
      batches.push(order.slice(start, start + batchSize));
  }
  return batches;
}
