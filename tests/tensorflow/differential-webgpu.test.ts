import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { installedBackends, prepareBackend } from '../../grader/tensorflow/index.ts';
import type { Row } from './differential/case.ts';
import { RowRunner } from './differential/row-runner.ts';
import { rows } from './differential/rows/index.ts';
import { printed } from './differential/table.ts';
import type { Comparison } from './differential/table.ts';
import { SOFTWARE_DRIVER } from './software-driver.ts';

/** Shaders are compiled for each number of dimensions, so that a case costs more than on WASM. */
const RUNS = Number(process.env['CASES'] ?? 8);

/** A kernel of the WASM room that other backends do without. */
const onWasmOnly = ['ReluGrad'];

/** What WebGPU's functions, made of float32 exponentials, are less exact in. */
const looser: Readonly<Record<string, Pick<Row, 'measure' | 'tolerance'>>> = {
  // Of values next to zero they are right to 1e-7 absolutely, not relatively.
  erf: { measure: 'largest' },
  tanh: { measure: 'largest' },
  // Its gradient, s(1 - s), is what rounding has left of s where that is close to 1.
  sigmoid: { tolerance: 1e-3 },
};

describe.skipIf(!installedBackends().includes('webgpu'))('on WebGPU and on the plain backend', () => {
  const comparisons: Comparison[] = [];
  const warnings: string[] = [];
  let runner: RowRunner;

  beforeAll(async () => {
    if (existsSync(SOFTWARE_DRIVER)) process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
    await prepareBackend({ backend: 'cpu' });
    vi.spyOn(console, 'warn').mockImplementation((message: unknown) => void warnings.push(String(message)));
    await prepareBackend({ backend: 'webgpu' });
    runner = new RowRunner('webgpu', RUNS);
  });

  afterAll(() => {
    vi.restoreAllMocks();
    runner.close();
    process.stdout.write(`\n${printed(comparisons)}\n`);
  });

  it.each(rows.map((row) => [row.operation, row] as const))('%s is the same', (_, row) => {
    const { comparison, kernels } = runner.run({ ...row, ...looser[row.operation] });
    const expected = row.kernels.filter((name) => !onWasmOnly.includes(name));
    expect([...kernels]).toEqual(expect.arrayContaining(expected));
    expect(comparison.values).toBeGreaterThan(RUNS / 4);
    if (!row.gradient) expect(comparison.gradients).toBe(0);
    comparisons.push(comparison);
  });

  it('nothing warns', () => {
    expect(warnings).toEqual([]);
  });
});
