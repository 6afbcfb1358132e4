import * as tf from '@tensorflow/tfjs';
import { registerGradientsAlongAxes } from './gradients/along-axis.ts';
import { registerBroadcastGradients } from './gradients/broadcast.ts';
import { registerEinsumGradient } from './gradients/einsum.ts';
import { registerGatherGradient } from './gradients/gather.ts';
import { registerListGradients } from './gradients/lists.ts';
import { registerResizeNearestGradient } from './gradients/resize-nearest.ts';
import { isRepeatedWhole } from './repeated-whole.ts';

interface Call {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

type Compute = (call: Call) => tf.TensorInfo;

function wrapPlainKernel(kernelName: string, wrap: (compute: Compute) => Compute): void {
  const kernel = tf.getKernel(kernelName, 'cpu');
  tf.unregisterKernel(kernelName, 'cpu');
  const kernelFunc = wrap(kernel.kernelFunc as unknown as Compute) as unknown as tf.KernelFunc;
  tf.registerKernel({ ...kernel, kernelFunc });
}

/** The plain backend takes an axis that is counted from the end for one before the first. */
const countAxisFromTheFront =
  (compute: Compute): Compute =>
  (call) => {
    const [axis] = tf.util.parseAxisParam(call.attrs['axis'] as number, call.inputs['x'].shape);
    return compute({ ...call, attrs: { ...call.attrs, axis } });
  };

/**
 * Where a stack of matrices is broadcast otherwise than as a whole, the plain backend multiplies the wrong pairs,
 * and not all of them.
 */
const broadcastStacks =
  (compute: Compute): Compute =>
  (call) => {
    const { a, b } = call.inputs;
    const [stackA, stackB] = [a, b].map(({ shape }) => shape.slice(0, -2));
    const stack = tf.broadcast_util.assertAndGetBroadcastShape(stackA, stackB);
    if ([stackA, stackB].every((shape) => isRepeatedWhole(shape, stack))) return compute(call);
    const tile = tf.getKernel(tf.Tile, 'cpu').kernelFunc as unknown as Compute;
    const spread = (x: tf.TensorInfo): tf.TensorInfo => {
      const sides = [...Array<number>(stack.length + 2 - x.shape.length).fill(1), ...x.shape];
      const reps = sides.map((side, axis) => (axis < stack.length && side === 1 ? stack[axis] : 1));
      return tile({ ...call, inputs: { x: { ...x, shape: sides } }, attrs: { reps } });
    };
    const [left, right] = [spread(a), spread(b)];
    const result = compute({ ...call, inputs: { a: left, b: right } });
    for (const { dataId } of [left, right]) tf.findBackend('cpu').disposeData(dataId);
    return result;
  };

/** The plain backend swaps height and width of the gradient's shape. */
const shapeLikeImages =
  (compute: Compute): Compute =>
  (call) => ({
    ...compute(call),
    shape: call.inputs['images'].shape,
  });

/** Repairs, once a process, what TensorFlow.js gets wrong or lacks whatever the backend. */
export function repairTensorflow(): void {
  const done = tf.getGradient(tf.Einsum) !== undefined;
  if (done) return;
  registerEinsumGradient();
  registerGatherGradient();
  registerBroadcastGradients();
  registerListGradients();
  registerGradientsAlongAxes();
  registerResizeNearestGradient();
  wrapPlainKernel(tf.Cumsum, countAxisFromTheFront);
  wrapPlainKernel(tf.Cumprod, countAxisFromTheFront);
  wrapPlainKernel(tf.BatchMatMul, broadcastStacks);
  wrapPlainKernel(tf.ResizeBilinearGrad, shapeLikeImages);
}
