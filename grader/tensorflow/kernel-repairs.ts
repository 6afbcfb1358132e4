import * as tf from '@tensorflow/tfjs';
import { isRepeatedWhole } from './repeated-whole.ts';

/** One call of a kernel: its tensors by name, its attributes, and the backend that it runs on. */
interface Call {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: { disposeData(dataId: tf.DataId): boolean };
}

export type Compute = (call: Call) => tf.TensorInfo;

/** Puts a kernel in the place of the one that a backend has, made of that one. */
export function wrapKernel(
  backendName: string,
  kernelName: string,
  wrap: (compute: Compute) => Compute,
): void {
  const kernel = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  const kernelFunc = wrap(kernel.kernelFunc as unknown as Compute) as unknown as tf.KernelFunc;
  tf.registerKernel({ ...kernel, kernelFunc });
}

/** Some kernels take an axis that is counted from the end for one before the first. */
export const countAxisFromTheFront =
  (compute: Compute): Compute =>
  (call) => {
    const [axis] = tf.util.parseAxisParam(call.attrs['axis'] as number, call.inputs['x'].shape);
    return compute({ ...call, attrs: { ...call.attrs, axis } });
  };

/**
 * Where a stack of matrices is broadcast otherwise than as a whole, some backends multiply the wrong pairs, not all
 * of them, or none.
 */
export const broadcastStacks =
  (backendName: string) =>
  (compute: Compute): Compute =>
  (call) => {
    const { a, b } = call.inputs;
    const [stackA, stackB] = [a, b].map(({ shape }) => shape.slice(0, -2));
    const stack = tf.broadcast_util.assertAndGetBroadcastShape(stackA, stackB);
    if ([stackA, stackB].every((shape) => isRepeatedWhole(shape, stack))) return compute(call);
    const tile = tf.getKernel(tf.Tile, backendName).kernelFunc as unknown as Compute;
    const spread = (x: tf.TensorInfo): tf.TensorInfo => {
      const sides = [...Array<number>(stack.length + 2 - x.shape.length).fill(1), ...x.shape];
      const reps = sides.map((side, axis) => (axis < stack.length && side === 1 ? stack[axis] : 1));
      return tile({ ...call, inputs: { x: { ...x, shape: sides } }, attrs: { reps } });
    };
    const [left, right] = [spread(a), spread(b)];
    const result = compute({ ...call, inputs: { a: left, b: right } });
    for (const { dataId } of [left, right]) call.backend.disposeData(dataId);
    return result;
  };
