import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { defaultTolerance } from './differential/case.ts';
import type { Case, Row } from './differential/case.ts';
import { compare, gradientOn, valueOn } from './differential/compare.ts';
import type { Outcome } from './differential/compare.ts';
import { notCompared } from './differential/not-compared.ts';
import { rows } from './differential/rows/index.ts';
import { bound, documentedCells, documentedRows, printed, writeDocumentation } from './differential/table.ts';
import type { Comparison } from './differential/table.ts';

/** Every run draws the same cases. */
const drawing = { numRuns: 40, seed: 5, endOnFailure: true };

const comparisons: Comparison[] = [];
const warnings: string[] = [];
const { runKernel } = tf.engine();
let kernelsRun = new Set<string>();

beforeAll(async () => {
  await prepareBackend({ backend: 'cpu' });
  vi.spyOn(console, 'warn').mockImplementation((message: unknown) => void warnings.push(String(message)));
  await prepareBackend({ backend: 'wasm' });
  tf.engine().runKernel = (name: string, ...call: [never]) => {
    kernelsRun.add(name);
    return runKernel.call(tf.engine(), name, ...call) as never;
  };
});

afterAll(() => {
  vi.restoreAllMocks();
  tf.engine().runKernel = runKernel;
  process.stdout.write(`\n${printed(comparisons)}\n`);
});

function isFloat({ dtype }: { dtype: string }): boolean {
  return dtype === 'float32';
}

function describeCase({ tensors }: Case): string {
  return tensors
    .map(({ shape, dtype, domain, seed }) => `${dtype} [${shape}] ${JSON.stringify(domain)} seed ${seed}`)
    .join(', ');
}

/** What is alive on both backends, and in the engine. */
function alive(): number[] {
  return [tf.memory().numTensors, ...['wasm', 'cpu'].map((name) => tf.findBackend(name).numDataIds())];
}

/** Compares a case and counts it. */
function check(row: Row, drawn: Case, comparison: Comparison): void {
  const { measure = 'largest', tolerance = defaultTolerance } = row;
  const before = alive();
  const agree = (what: 'value' | 'gradient', on: typeof valueOn): Outcome => {
    const expected = on('cpu', drawn);
    const difference = compare({ actual: on('subject', drawn), expected }, measure);
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
  expect(alive(), `alive before and after ${row.operation} of ${describeCase(drawn)}`).toEqual(before);
}

describe('on WASM and on the plain backend', () => {
  it.each(rows.map((row) => [row.operation, row] as const))('%s is the same', (operation, row) => {
    const comparison: Comparison = {
      operation,
      kernels: row.kernels,
      types: new Set<string>(),
      ranks: new Set<number>(),
      values: 0,
      gradients: 0,
      value: 0,
      gradient: 0,
    };
    kernelsRun = new Set();
    fc.assert(
      fc.property(row.cases, (drawn) => check(row, drawn, comparison)),
      drawing,
    );
    expect([...kernelsRun]).toEqual(expect.arrayContaining([...row.kernels]));
    expect(comparison.values).toBeGreaterThan(drawing.numRuns / 4);
    expect(comparison.gradients > 0, 'has a gradient').toBe(row.gradient);
    comparisons.push(comparison);
  });

  it('nothing warns', () => {
    expect(warnings).toEqual([]);
  });
});

describe('what is compared', () => {
  it('is every kernel that is registered for either, but for those with a reason', () => {
    const registered = new Set(
      ['wasm', 'cpu'].flatMap((name) => tf.getKernelsForBackend(name).map(({ kernelName }) => kernelName)),
    );
    const compared = new Set(rows.flatMap(({ kernels }) => kernels));
    expect([...registered].filter((name) => !compared.has(name)).sort()).toEqual(
      Object.keys(notCompared).sort(),
    );
    expect([...compared].filter((name) => !registered.has(name))).toEqual([]);
  });

  it('is in docs/backends.md; UPDATE_TABLE=1 writes it', () => {
    if (process.env['UPDATE_TABLE'] === '1') writeDocumentation(comparisons);
    const documented = documentedRows();
    expect(documented.map((row) => row.slice(0, -1))).toEqual(
      comparisons.map((comparison) => documentedCells(comparison).slice(0, -1)),
    );
    // Another version of Node may round the plain backend's functions otherwise, by the last bit.
    comparisons.forEach(({ operation, value, gradient }, index) => {
      expect(Number(documented[index].at(-1)), operation).toBeGreaterThanOrEqual(
        Number(bound(Math.max(value, gradient) / 2)),
      );
    });
  });
});
