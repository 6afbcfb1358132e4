import * as tf from '@tensorflow/tfjs';
import { registerCpuFallbacks } from './cpu-fallback.ts';
import { registerWasmKernel } from './kernel.ts';
import type { KernelDefinition } from './kernel.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwise-backprop.ts';
import { registerEinsumGradient } from './kernels/einsum-grad.ts';
import { cast, identity } from './kernels/identity.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import { registerReluGradient, reluGrad } from './kernels/relu-grad.ts';
import { slice, splitV } from './kernels/slice.ts';
import { mean, sum } from './kernels/sum.ts';

/** The kernels that take the place of tfjs-wasm's own, or that it lacks. */
const kernels: readonly KernelDefinition[] = [
  identity,
  cast,
  batchMatMul,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  maxPoolGrad,
  reluGrad,
  slice,
  splitV,
  sum,
  mean,
];

/** Registers this room's kernels for `wasm`, once a process. */
export function registerKernels(): void {
  const done = tf.getKernel(reluGrad.name, 'wasm') !== undefined;
  if (done) return;
  for (const kernel of kernels) registerWasmKernel(kernel);
  registerCpuFallbacks();
  registerReluGradient();
  registerEinsumGradient();
}
