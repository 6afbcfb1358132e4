import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../../grader/format/call-plan.ts';
import type { CallOutcome } from '../../../grader/format/outcome.ts';
import { executeCase } from '../../../grader/pipeline/calls/execute.ts';
import { TemplateWeights } from '../../../grader/pipeline/calls/template-weights.ts';
import type { BundleProcess } from '../../../grader/pipeline/processes/bundle-process.ts';
import { encodeSafetensors } from '../../../grader/format/safetensors.ts';
import { installedBackends } from '../../../grader/tensorflow/index.ts';
import { SOFTWARE_DRIVER } from '../../tensorflow/software-driver.ts';
import { runModules, type RunningModules } from '../../child/run-modules.ts';

/** A module that remembers how often it was called, and may hold on to memory. */
const work = `
const held: Float64Array[] = [];
let calls = 0;
export const count = () => ++calls;
export const hold = (mib: number) => {
  held.push(new Float64Array(mib * 131072).fill(1));
  return ++calls;
};
`;

let folder: string;
let submission: RunningModules;
let template: RunningModules;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-weights-'));
  const w = (size: number) => ({ dtype: 'float32' as const, shape: [size], data: new Float32Array(size) });
  writeFileSync(join(folder, 'narrow.safetensors'), encodeSafetensors({ w: w(450_000) }));
  writeFileSync(join(folder, 'full.safetensors'), encodeSafetensors({ w: w(550_000) }));
  [submission, template] = await Promise.all([
    runModules({ 'work.ts': work }),
    runModules({ 'work.ts': work }),
  ]);
});
afterAll(async () => {
  await Promise.all([submission.close(), template.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const count: Call = { id: 'count', module: 'work.ts', export: 'count', args: [] };
const hold: Call = { id: 'hold', module: 'work.ts', export: 'hold', args: [{ number: 300 }] };
const narrow: Call = { ...count, args: [{ list: [{ weights: 'narrow.safetensors' }] }] };
const full: Call = { ...count, args: [{ list: [{ weights: 'full.safetensors' }] }] };

/** The numbers that the calls of a case return, by the calls' names. */
async function run(
  { calls, derived }: { readonly calls: readonly Call[]; readonly derived: readonly Call[] },
  oneAtATime = true,
  process: BundleProcess = submission.process,
): Promise<Record<string, unknown>> {
  const outcomes = await executeCase({
    loadedCase: {
      plan: { id: 'case', calls: [...calls], derived: [...derived] },
      half: 'public',
      directory: '',
      inputs: () => ({}),
      given: () => new Map(),
      expected: () => new Map(),
    },
    submission: process,
    given: () => template.process,
    weights: new TemplateWeights(folder),
    oneAtATime,
  });
  const numberOf = (outcome: CallOutcome): unknown =>
    outcome.kind === 'returned' && 'number' in outcome.value ? outcome.value.number : outcome;
  return Object.fromEntries([...outcomes].map(([id, outcome]) => [id, numberOf(outcome)]));
}

const drawn: Call = { ...count, id: 'drawn' };

it('processes go on from case to case with the networks of the template, however much they hold', async () => {
  expect(await run({ calls: [narrow], derived: [drawn] })).toEqual({ count: 1, drawn: 1 });
  expect(await run({ calls: [hold], derived: [{ ...hold, id: 'drawn' }] })).toEqual({ hold: 2, drawn: 2 });
  expect(await run({ calls: [narrow], derived: [drawn] })).toEqual({ count: 3, drawn: 3 });
});

it('with a network of full size both end before the other one works, and start again', async () => {
  expect(await run({ calls: [full], derived: [drawn] })).toEqual({ count: 4, drawn: 4 });
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 1, drawn: 1 });
});

it('so they do where given code alone works with it', async () => {
  expect(await run({ calls: [count], derived: [{ ...full, id: 'drawn' }] })).toEqual({ count: 2, drawn: 2 });
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 1, drawn: 1 });
});

it('where nothing has to be spared, or nothing is derived, all of them stay', async () => {
  expect(await run({ calls: [full], derived: [] })).toEqual({ count: 2 });
  expect(await run({ calls: [full], derived: [drawn] }, false)).toEqual({ count: 3, drawn: 2 });
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 4, drawn: 3 });
});

it.runIf(installedBackends().includes('webgpu') && existsSync(SOFTWARE_DRIVER))(
  'on an optional backend they stay',
  { timeout: 120_000 },
  async () => {
    process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
    const onDevice = await runModules({ 'work.ts': work }, { backend: 'webgpu' });
    try {
      for (const calls of [1, 2]) {
        const outcomes = await run({ calls: [full], derived: [drawn] }, true, onDevice.process);
        expect(outcomes).toMatchObject({ count: calls });
      }
    } finally {
      await onDevice.close();
    }
  },
);
