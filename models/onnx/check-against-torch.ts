import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { execa } from 'execa';
import { z } from 'zod';
import { GraderError } from '../../grader/format/errors.ts';
import { readJson } from '../../grader/format/read-json.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { classifierOf } from '../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { importOnnx } from './import-onnx.ts';

/** Largest difference of a logit, and of a feature's mean. */
const tolerance = 1e-3;

const exportedCase = z.object({
  version: z.string(),
  opset: z.number(),
  path: z.string(),
  logits: z.array(z.number()),
  features: z.array(z.object({ shape: z.array(z.number()), mean: z.number() })),
});
const exported = z.object({ torch: z.string(), cases: z.array(exportedCase) });

/** An imported SqueezeNet beside the one of PyTorch that it was exported from. */
export interface TorchComparison {
  /** Of PyTorch. */
  readonly torch: string;
  /** Of SqueezeNet. */
  readonly version: string;
  readonly opset: number;
  readonly largestLogit: number;
  /** Between two logits. */
  readonly largestDifference: number;
  /** Indices of the features whose shape or mean is another one. */
  readonly oddFeatures: readonly number[];
  readonly agrees: boolean;
}

function compute({ path }: { path: string }) {
  const model = classifierOf(readSafetensors(importOnnx(readFileSync(path), { name: 'torch' }).bytes));
  const bytes = readFileSync(`${path}.picture`);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  try {
    return tf.tidy(() => {
      const picture = tf.tensor4d(values, [1, 224, 224, 3]);
      return {
        logits: model.logits(picture).dataSync(),
        features: model.features(picture).map((x) => ({ shape: x.shape, mean: x.mean().dataSync()[0] })),
      };
    });
  } finally {
    model.dispose();
  }
}

function compare(expected: z.infer<typeof exportedCase>, torch: string): TorchComparison {
  const actual = compute(expected);
  const { version, opset, logits, features } = expected;
  const largestDifference = Math.max(...logits.map((value, i) => Math.abs(value - actual.logits[i])));
  const oddFeatures = features.flatMap(({ shape: [n, c, h, w], mean }, i) => {
    const found = actual.features.at(i);
    const agrees =
      found && found.shape.join() === [n, h, w, c].join() && Math.abs(found.mean - mean) <= tolerance;
    return agrees ? [] : [i];
  });
  return {
    torch,
    version,
    opset,
    largestLogit: Math.max(...logits.map(Math.abs)),
    largestDifference,
    oddFeatures,
    agrees:
      largestDifference <= tolerance &&
      oddFeatures.length === 0 &&
      actual.features.length === features.length,
  };
}

/**
 * Exports SqueezeNets from PyTorch with `check-against-torch.py`, imports them and compares what both compute.
 * @param python the interpreter that has PyTorch
 * @throws GraderError where PyTorch cannot do its part; Python says on standard error why
 */
export async function checkAgainstTorch(python: string): Promise<TorchComparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'torch-'));
  try {
    const script = fileURLToPath(new URL('check-against-torch.py', import.meta.url));
    const { failed } = await execa(python, [script, folder], {
      stdout: 'ignore',
      stderr: 'inherit',
      reject: false,
    });
    if (failed) {
      throw new GraderError(
        `PyTorch exported nothing: ${python} needs torch, torchvision and onnx, as Debian's python3-torch, python3-torchvision and python3-onnx bring them`,
      );
    }
    await prepareBackend({ backend: 'auto' });
    const { torch, cases } = readJson(join(folder, 'cases.json'), exported, 'see what Python printed');
    return cases.map((one) => compare(one, torch));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
