/**
 * Compares imported SqueezeNets with PyTorch's own: `npx tsx models/onnx/check-against-torch.ts`. Optional; needs
 * Debian's packages: `apt-get install --no-install-recommends python3-torch python3-torchvision python3-onnx`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { execa } from 'execa';
import { z } from 'zod';
import { readJson } from '../../grader/format/read-json.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { classifierOf } from '../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { importOnnx } from './import-onnx.ts';

/** Largest difference of a logit. */
const tolerance = 1e-3;

const exported = z.object({
  torch: z.string(),
  cases: z.array(
    z.object({
      version: z.string(),
      opset: z.number(),
      path: z.string(),
      logits: z.array(z.number()),
      features: z.array(z.object({ shape: z.array(z.number()), mean: z.number() })),
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), 'torch-'));
try {
  const script = fileURLToPath(new URL('check-against-torch.py', import.meta.url));
  await execa('/usr/bin/python3', [script, folder], { stderr: 'inherit' });
  await prepareBackend({ backend: 'auto' });
  const { torch, cases } = readJson(join(folder, 'cases.json'), exported, 'see what Python printed');
  for (const { version, opset, path, logits, features } of cases) {
    const model = classifierOf(readSafetensors(importOnnx(readFileSync(path), { name: 'torch' }).bytes));
    const bytes = readFileSync(`${path}.picture`);
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const own = tf.tidy(() => {
      const picture = tf.tensor4d(values, [1, 224, 224, 3]);
      return {
        logits: model.logits(picture).dataSync(),
        features: model.features(picture).map((x) => ({ shape: x.shape, mean: x.mean().dataSync()[0] })),
      };
    });
    model.dispose();
    const worst = Math.max(...logits.map((value, i) => Math.abs(value - own.logits[i])));
    const largest = Math.max(...logits.map(Math.abs));
    const odd = features.findIndex(({ shape: [n, c, h, w], mean }, i) => {
      const found = own.features[i];
      return found.shape.join() !== [n, h, w, c].join() || Math.abs(found.mean - mean) > tolerance;
    });
    const good = worst <= tolerance && odd < 0 && own.features.length === features.length;
    if (!good) process.exitCode = 1;
    console.log(
      `${good ? 'ok' : 'WRONG'}  SqueezeNet ${version}, opset ${opset}, PyTorch ${torch}: logits up to ` +
        `${largest.toFixed(2)} differ by at most ${worst.toExponential(1)}; ` +
        (odd < 0 ? `${features.length} features alike` : `feature ${odd} differs`),
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
