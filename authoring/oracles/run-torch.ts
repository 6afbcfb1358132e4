import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { z } from 'zod';
import { GraderError } from '../../grader/format/errors.ts';
import { readJson } from '../../grader/format/read-json.ts';
import { decodeSafetensors, encodeSafetensors } from '../../grader/format/safetensors.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { GiB } from '../../grader/format/units.ts';
import { valueTree } from '../../grader/format/value-tree.ts';
import { whenProcessEnds } from '../../grader/sandbox/process-end.ts';
import type { OracleCase } from './oracle-plan.ts';

const madeOnce = z.strictObject({ value: valueTree, gradient: z.string().optional() });
const madeCall = z.strictObject({
  /** With the tensors as they are, then with each moved by rounding. */
  runs: z.array(madeOnce).min(1),
  /** ReLUs that the call evaluated. */
  gates: z.number(),
  /** How many of them rounding flips. */
  flips: z.number(),
});
const results = z.strictObject({
  torch: z.string(),
  cases: z.array(z.strictObject({ id: z.string(), calls: z.record(z.string(), madeCall) })),
});

/** What PyTorch made of one call. */
export type MadeCall = z.output<typeof madeCall>;

/** What PyTorch made of the cases; tensors by the names that the values have. */
export interface TorchResults extends z.output<typeof results> {
  readonly tensors: Readonly<Record<string, TensorData>>;
}

/** How often each case is computed with all values moved. */
const VARIANTS = 4;
/** By which share a value moves at most: float32 has 24 bits, and a sum of products loses about two. */
const ROUNDING = 2 ** -22;

const PYTHON = '/usr/bin/python3';
const INSTALL = 'apt-get install --no-install-recommends python3-torch';

/** What Python has against running PyTorch; undefined where it runs. */
export async function torchProblem(): Promise<string | undefined> {
  const { failed, stderr } = await execa(PYTHON, ['-c', 'import torch, numpy'], { reject: false });
  if (!failed) return undefined;
  return `PyTorch is not there (${stderr?.split('\n').at(-1) || `no ${PYTHON}`}); Debian has it: ${INSTALL}`;
}

/**
 * Computes cases in PyTorch, by code that shares nothing with the reference.
 *
 * @param options.tensors inputs of the cases, by case and name
 * @param options.template where the networks' weights lie
 * @throws GraderError where PyTorch is missing, or Python ends by an error, which it prints
 */
export async function runTorch(options: {
  readonly cases: readonly OracleCase[];
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly template: string;
  readonly onCase?: (done: number, name: string) => void;
}): Promise<TorchResults> {
  const { cases, tensors, template, onCase } = options;
  const problem = await torchProblem();
  if (problem) throw new GraderError(problem);
  const folder = mkdtempSync(join(tmpdir(), 'oracles-'));
  const tidy = (): void => rmSync(folder, { recursive: true, force: true });
  const done = whenProcessEnds(tidy);
  try {
    const plan = {
      template,
      variants: VARIANTS,
      rounding: ROUNDING,
      cases: cases.map(({ id, calls }) => ({ id, calls })),
    };
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(folder, 'tensors.safetensors'), encodeSafetensors(tensors));
    const script = fileURLToPath(new URL('python/oracle.py', import.meta.url));
    const python = execa(PYTHON, ['-B', script, folder], { stderr: 'pipe', stdout: 'ignore', reject: false });
    const said: string[] = [];
    for await (const line of createInterface(python.stderr)) {
      const progress = /^(\d+) (\S+)$/.exec(line);
      if (progress) onCase?.(Number(progress[1]), progress[2]);
      else said.push(line);
    }
    const { failed } = await python;
    if (failed) throw new GraderError(`PyTorch ended early:\n${said.slice(-12).join('\n')}`);
    const read = readJson(join(folder, 'results.json'), results, 'see what Python printed');
    const bytes = readFileSync(join(folder, 'results.safetensors'));
    return { ...read, tensors: decodeSafetensors(bytes, { maxHeaderBytes: GiB }) };
  } finally {
    tidy();
    done();
  }
}
