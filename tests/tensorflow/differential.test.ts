import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { notCompared } from './differential/not-compared.ts';
import { RowRunner } from './differential/row-runner.ts';
import { rows } from './differential/rows/index.ts';
import { bound, documentedCells, documentedRows, printed, writeDocumentation } from './differential/table.ts';
import type { Comparison } from './differential/table.ts';

const RUNS = 40;

const comparisons: Comparison[] = [];
const warnings: string[] = [];
let runner: RowRunner;

beforeAll(async () => {
  await prepareBackend({ backend: 'cpu' });
  vi.spyOn(console, 'warn').mockImplementation((message: unknown) => void warnings.push(String(message)));
  await prepareBackend({ backend: 'wasm' });
  runner = new RowRunner('wasm', RUNS);
});

afterAll(() => {
  vi.restoreAllMocks();
  runner.close();
  process.stdout.write(`\n${printed(comparisons)}\n`);
});

describe('on WASM and on the plain backend', () => {
  it.each(rows.map((row) => [row.operation, row] as const))('%s is the same', (_, row) => {
    const { comparison, kernels } = runner.run(row);
    expect([...kernels]).toEqual(expect.arrayContaining([...row.kernels]));
    expect(comparison.values).toBeGreaterThan(RUNS / 4);
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
