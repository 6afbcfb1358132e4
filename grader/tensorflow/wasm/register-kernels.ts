import * as tf from '@tensorflow/tfjs';
import { registerCpuFallbacks } from './cpu-fallback.ts';
import { registerWasmKernel } from './kernel.ts';
import type { KernelDefinition } from './kernel.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { comparisons } from './kernels/comparisons.ts';
import { concat } from './kernels/concat.ts';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwise-backprop.ts';
import { clipByValue, relu6 } from './kernels/clamp.ts';
import { cumprod, cumsum } from './kernels/cumulative.ts';
import { fusedConv2d, fusedDepthwiseConv2d, fusedMatMul } from './kernels/fused.ts';
import { gather } from './kernels/gather.ts';
import { cast, identity } from './kernels/identity.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import { oneHot } from './kernels/one-hot.ts';
import { avgPool, maxPool } from './kernels/pool.ts';
import { conv2dForward, depthwiseForward } from './kernels/conv2d-forward.ts';
import { pow } from './kernels/pow.ts';
import { prelu } from './kernels/prelu.ts';
import { registerReluGradient, reluGrad } from './kernels/relu-grad.ts';
import { add, divide, maximum, minimum, multiply, subtract } from './kernels/row-operations.ts';
import { select } from './kernels/select.ts';
import { slice, splitV } from './kernels/slice.ts';
import { mean, sum } from './kernels/sum.ts';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.ts';

/** The kernels that take the place of tfjs-wasm's own, or that it lacks. */
const kernels: readonly KernelDefinition[] = [
  identity,
  cast,
  add,
  subtract,
  multiply,
  divide,
  ...comparisons,
  batchMatMul,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  maxPoolGrad,
  reluGrad,
  slice,
  splitV,
  concat,
  sum,
  mean,
  gather,
  oneHot,
  unsortedSegmentSum,
  cumsum,
  cumprod,
  clipByValue,
  relu6,
  select,
  fusedMatMul,
  fusedConv2d,
  fusedDepthwiseConv2d,
  conv2dForward,
  depthwiseForward,
  maxPool,
  avgPool,
  maximum,
  minimum,
  pow,
  prelu,
];

/** Registers this room's kernels for `wasm`, once a process. */
export function registerKernels(): void {
  const done = tf.getKernel(reluGrad.name, 'wasm') !== undefined;
  if (done) return;
  for (const kernel of kernels) registerWasmKernel(kernel);
  registerCpuFallbacks();
  registerReluGradient();
}
