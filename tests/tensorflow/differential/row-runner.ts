import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { defaultTolerance } from './case.ts';
import type { Case, Row } from './case.ts';
import { compare, gradientOn, valueOn } from './compare.ts';
import type { Outcome } from './compare.ts';
import type { Comparison } from './table.ts';

/** Compares the rows on a backend with the plain one, and notes which kernels ran. */
export class RowRunner {
  readonly #backend: string;
  readonly #drawing: { readonly numRuns: number; readonly seed: number; readonly endOnFailure: true };
  readonly #runKernel = tf.engine().runKernel;
  #kernels = new Set<string>();

  /** @param runs cases of each row; every run draws the same ones */
  constructor(backend: string, runs: number) {
    this.#backend = backend;
    this.#drawing = { numRuns: runs, seed: 5, endOnFailure: true };
    tf.engine().runKernel = (name: string, ...call: [never]) => {
      this.#kernels.add(name);
      return this.#runKernel.call(tf.engine(), name, ...call) as never;
    };
  }

  /** Takes back that kernels are noted. */
  close(): void {
    tf.engine().runKernel = this.#runKernel;
  }

  /** @throws AssertionError at the first case that differs */
  run(row: Row): { comparison: Comparison; kernels: ReadonlySet<string> } {
    const comparison: Comparison = {
      operation: row.operation,
      kernels: row.kernels,
      types: new Set<string>(),
      ranks: new Set<number>(),
      values: 0,
      gradients: 0,
      value: 0,
      gradient: 0,
    };
    this.#kernels = new Set();
    fc.assert(
      fc.property(row.cases, (drawn) => this.#check(row, drawn, comparison)),
      this.#drawing,
    );
    return { comparison, kernels: this.#kernels };
  }

  /** What is alive on both backends, and in the engine. */
  #alive(): number[] {
    return [
      tf.memory().numTensors,
      ...[this.#backend, 'cpu'].map((name) => tf.findBackend(name).numDataIds()),
    ];
  }

  /** Compares a case and counts it. */
  #check(row: Row, drawn: Case, comparison: Comparison): void {
    const { measure = 'largest', tolerance = defaultTolerance } = row;
    const before = this.#alive();
    const agree = (what: 'value' | 'gradient', on: typeof valueOn): Outcome => {
      const expected = on('cpu', drawn);
      const difference = compare({ actual: on(this.#backend, drawn), expected }, measure);
      const message = `${what} of ${row.operation} of ${describeCase(drawn)}`;
      if (typeof difference === 'string') expect.fail(`${message}: ${difference}`);
      expect(difference, message).toBeLessThanOrEqual(tolerance);
      comparison[what] = Math.max(comparison[what], difference);
      return expected;
    };
    const value = agree('value', valueOn);
    if ('error' in value) return;
    comparison.values += 1;
    for (const { dtype, shape } of drawn.tensors) {
      (comparison.types as Set<string>).add(dtype);
      (comparison.ranks as Set<number>).add(shape.length);
    }
    if (drawn.tensors.some(isFloat) && value.tensors.some(isFloat)) {
      const gradient = agree('gradient', gradientOn);
      // A refused gradient leaves tensors behind, on any backend.
      if ('error' in gradient) return;
      comparison.gradients += 1;
    }
    expect(this.#alive(), `alive before and after ${row.operation} of ${describeCase(drawn)}`).toEqual(
      before,
    );
  }
}

function isFloat({ dtype }: { dtype: string }): boolean {
  return dtype === 'float32';
}

function describeCase({ tensors }: Case): string {
  return tensors
    .map(({ shape, dtype, domain, seed }) => `${dtype} [${shape}] ${JSON.stringify(domain)} seed ${seed}`)
    .join(', ');
}
