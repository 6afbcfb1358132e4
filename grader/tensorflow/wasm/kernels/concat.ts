import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { Kernel, KernelDefinition } from '../kernel.ts';
import { wordBytes, wordTypes } from './slice.ts';

/** Joins tensors along an axis, a copy each. tfjs-wasm makes a view for every run of every tensor. */
export const concat: KernelDefinition = {
  name: tf.Concat,
  make: (stock) => (call) => {
    const { backend, attrs } = call;
    const tensors = Object.values(call.inputs);
    const [{ shape, dtype }] = tensors;
    const ofOneType = tensors.every((tensor) => tensor.dtype === dtype);
    if (!ofOneType || !wordTypes.includes(dtype)) return (stock as Kernel)(call);
    const [axis] = tf.util.parseAxisParam((attrs as unknown as tf.ConcatAttrs).axis, shape);
    const shapes = tensors.map((tensor) => tensor.shape);
    tf.backend_util.assertParamsConsistent(shapes, axis);
    const runOf = (sides: number[]): number => tf.util.sizeFromShape(sides.slice(axis)) * wordBytes;

    const result = backend.makeOutput(tf.backend_util.computeOutShape(shapes, axis), dtype);
    const runs = tf.util.sizeFromShape(shape.slice(0, axis));
    const addressOf = ({ dataId }: TensorInfo): number => backend.getMemoryOffset(dataId);
    const toStride = runOf(result.shape);
    let to = addressOf(result);
    for (const tensor of tensors) {
      const [from, start, run] = [addressOf(tensor), to, runOf(tensor.shape)];
      backend.threads.runShared(runs, run, ({ first, count }) => ({
        loop: 'copyBlocks',
        parameters: [from + first * run, start + first * toStride, count, run, run, toStride],
      }));
      to += run;
    }
    return result;
  },
};
