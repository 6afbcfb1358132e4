import * as tf from '@tensorflow/tfjs';
import { guardedKernel } from '../guarded-kernel.ts';
import { broadcastStacks, wrapKernel, type Compute } from '../kernel-repairs.ts';
import { plainFallback } from '../plain-backend.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import {
  forgetNaN,
  indifferentToType,
  knownTypes,
  ofFourDimensions,
  wronglyComputed,
} from './stock-limits.ts';

type Kernel = ReturnType<typeof plainFallback>;

/** Of a vector the package gives a vector of one index. */
const dropAxis =
  (compute: Compute): Compute =>
  (call) => {
    const { shape } = call.inputs['x'];
    const [axis] = tf.util.parseAxisParam(call.attrs['axis'] as number, shape);
    return { ...compute(call), shape: shape.filter((_, index) => index !== axis) };
  };

/** Puts NaN back where the input has it. */
const keepNaN =
  (compute: Compute): Compute =>
  (call) => {
    const { x } = call.inputs;
    const run = (name: string, inputs: Record<string, tf.TensorInfo>): tf.TensorInfo =>
      (tf.getKernel(name, 'webgpu').kernelFunc as unknown as Compute)({ ...call, inputs, attrs: {} });
    // As vectors: `Select` knows few dimensions.
    const shape = [tf.util.sizeFromShape(x.shape)];
    const [input, computed] = [
      { ...x, shape },
      { ...compute(call), shape },
    ];
    const condition = run(tf.IsNan, { x: input });
    const kept = run(tf.Select, { condition, t: input, e: computed });
    for (const { dataId } of [condition, computed]) call.backend.disposeData(dataId);
    return { ...kept, shape: x.shape };
  };

/** Whether a window may lie wholly in the padding: the package's maxima start from -1e20, and its 1x1 windows ignore it. */
function leavesPicture({ inputs, attrs }: Parameters<Kernel>[0]): boolean {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolAttrs;
  const shape = inputs['x'].shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { top, bottom, left, right } = info.padInfo;
  return Math.max(top, bottom) >= info.filterHeight || Math.max(left, right) >= info.filterWidth;
}

const withinPicture =
  (name: string) =>
  (compute: Compute): Compute =>
  (call) => {
    const wide = call as unknown as Parameters<Kernel>[0];
    return leavesPicture(wide) ? (plainFallback(name)(wide) as tf.TensorInfo) : compute(call);
  };

function register(name: string, kernel: Kernel): void {
  const stock = tf.getKernel(name, 'webgpu');
  if (stock !== undefined) tf.unregisterKernel(name, 'webgpu');
  const kernelFunc = kernel as unknown as tf.KernelFunc;
  tf.registerKernel({ ...stock, kernelName: name, backendName: 'webgpu', kernelFunc });
}

/** Repairs kernels of the package, and has the plain backend compute what it lacks or computes wrong; once a process. */
export function registerKernels(): void {
  const done = tf.getKernel(tf.Unique, 'webgpu') !== undefined;
  if (done) return;
  wrapKernel('webgpu', tf.BatchMatMul, broadcastStacks('webgpu'));
  for (const name of [tf.ArgMax, tf.ArgMin]) wrapKernel('webgpu', name, dropAxis);
  wrapKernel('webgpu', tf.MaxPoolGrad, () => maxPoolGrad as unknown as Compute);
  for (const name of forgetNaN) wrapKernel('webgpu', name, keepNaN);
  for (const name of [tf.MaxPool, tf.AvgPool]) wrapKernel('webgpu', name, withinPicture(name));
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    if (indifferentToType.includes(kernelName)) continue;
    const own = tf.getKernel(kernelName, 'webgpu')?.kernelFunc as Kernel | undefined;
    const fallback = plainFallback(kernelName);
    const trusted = own !== undefined && !wronglyComputed.includes(kernelName);
    const types = knownTypes[kernelName];
    const largestRank = ofFourDimensions.includes(kernelName) ? 4 : Infinity;
    register(kernelName, trusted ? guardedKernel({ kernel: own, fallback, types, largestRank }) : fallback);
  }
}
