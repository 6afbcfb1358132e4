import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCourseNetwork, type CourseNetwork } from '../../../authoring/course/course-network.ts';
import { importOnnx } from '../../../models/onnx/import-onnx.ts';
import { embeddedWeightsPath } from '../../../reference/lib/models/embedded.ts';
import { squeezenetOnnx } from '../../models/squeezenet-onnx.ts';
import { randomWeights } from '../../reference/models/random-weights.ts';

/** A network that has learnt something, as if an instructor had brought it. */
export function trainedNetwork(): CourseNetwork {
  return { ...openCourseNetwork({ name: 'trained', file: embeddedWeightsPath('robust') }), licence: 'MIT' };
}

/** A narrow SqueezeNet of random weights, by way of an ONNX file as an instructor would have it. */
export function randomNetwork(): CourseNetwork {
  const folder = mkdtempSync(join(tmpdir(), 'course-network-'));
  try {
    const file = join(folder, 'random.safetensors');
    const onnx = squeezenetOnnx('1.0', randomWeights('1.0'), 47);
    writeFileSync(file, importOnnx(onnx, { name: 'random' }).bytes);
    return { ...openCourseNetwork({ name: 'random', file }), licence: 'none' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
