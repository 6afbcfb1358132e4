import type { BackendName } from '../../grader/tensorflow/index.ts';

/** tfjs-wasm as its package comes, with which the others are compared. */
export const STOCK = 'stock';

/** What `measure.ts` can time: stock tfjs-wasm, or what the engine prepares. */
export type BenchBackend = BackendName | typeof STOCK;

/**
 * What computes, and on how many threads; beside the backends also PyTorch, Node itself for start-up, and the limit of
 * 128-bit SIMD without fused multiply-add.
 */
export interface Configuration {
  readonly backend: BenchBackend | 'torch' | 'node' | 'simd limit';
  readonly threads: number;
}

/** How rows and ratios name a configuration: `stock`, `wasm`, `wasm x2`, `cpu`. */
export function nameOf({ backend, threads }: Configuration): string {
  return threads > 1 ? `${backend} x${threads}` : backend;
}

/** One line of `bench.json`. */
export interface BenchRow {
  readonly name: string;
  readonly backend: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly runs: number;
  /** How many times faster than stock tfjs-wasm in the same run: its median over this one's. */
  readonly ratioToStock?: number;
}

/** The times of one workload in one process, milliseconds. */
export interface Sample {
  readonly name: string;
  readonly times: readonly number[];
}

/** What `grade-example.ts` prints: of one grading of the example, milliseconds from the start of its process. */
export interface ExampleTimes {
  /** Until the report. */
  readonly total: number;
  /** Those of them in which no child was starting or computing. */
  readonly outside: number;
  /** The largest resident memory of a child, MiB; 0 where there is no /proc. */
  readonly childPeakMiB: number;
}
