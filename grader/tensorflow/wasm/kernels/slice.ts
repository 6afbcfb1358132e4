import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';

/** Element types of four bytes, which the heap loops copy. */
export const wordTypes: readonly string[] = ['float32', 'int32'];
export const wordBytes = 4;

/**
 * Copies the box at `begin` of shape `size` out of `x` in runs that are contiguous, as long as the box is full in
 * its inner axes. tfjs-wasm first copies the whole of `x`, then slices through a view for each run.
 */
function copyBox(backend: FastWasmBackend, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  const result = backend.makeOutput(size, x.dtype);
  if (tf.util.sizeFromShape(size) === 0) return result;
  let axis = size.length - 1;
  while (axis > 0 && size[axis] === x.shape[axis]) axis -= 1;
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const run = (size[axis] ?? 1) * inner * wordBytes;
  // Axes of which all is taken lie a run apart like the one before them.
  let first = Math.max(0, axis - 1);
  while (first > 0 && size[first] === x.shape[first]) first -= 1;
  const count = tf.util.sizeFromShape(size.slice(first, axis));
  const strides = [...tf.util.computeStrides(x.shape), 1].map((stride) => stride * wordBytes);
  const outer = size.slice(0, first);
  const start = begin.reduce((sum, at, side) => sum + at * strides[side], backend.getMemoryOffset(x.dataId));
  let to = backend.getMemoryOffset(result.dataId);
  const index = outer.map(() => 0);
  const boxes = tf.util.sizeFromShape(outer);
  const stride = axis > 0 ? strides[axis - 1] : 0;
  for (let box = 0; box < boxes; box++) {
    const from = index.reduce((sum, at, side) => sum + at * strides[side], start);
    const target = to;
    backend.threads.runShared(count, run, (part) => ({
      loop: 'copyBlocks',
      parameters: [from + part.first * stride, target + part.first * run, part.count, run, stride, run],
    }));
    to += count * run;
    for (let side = outer.length - 1; side >= 0; side--) {
      index[side] += 1;
      if (index[side] < outer[side]) break;
      index[side] = 0;
    }
  }
  return result;
}

function orStock(stock: Kernel | undefined, kernel: Kernel): Kernel {
  return (call) =>
    stock !== undefined && !wordTypes.includes(call.inputs['x'].dtype) ? stock(call) : kernel(call);
}

export const slice: KernelDefinition = {
  name: tf.Slice,
  make: (stock) =>
    orStock(stock, ({ inputs: { x }, attrs, backend }) => {
      const wanted = attrs as unknown as tf.SliceAttrs;
      const [begin, size] = tf.slice_util.parseSliceParams(x as tf.Tensor, wanted.begin, wanted.size);
      tf.slice_util.assertParamsValid(x as tf.Tensor, begin, size);
      return copyBox(backend, x, begin, size);
    }),
};

/** The gradient of every concatenation is a split. */
export const splitV: KernelDefinition = {
  name: tf.SplitV,
  make: (stock) =>
    orStock(stock, ({ inputs: { x }, attrs, backend }) => {
      const { numOrSizeSplits, axis } = attrs as unknown as tf.SplitVAttrs;
      const [along] = tf.util.parseAxisParam(axis, x.shape);
      const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
      let at = 0;
      return sizes.map((side) => {
        const begin = x.shape.map((_, index) => (index === along ? at : 0));
        at += side;
        return copyBox(
          backend,
          x,
          begin,
          x.shape.map((full, index) => (index === along ? side : full)),
        );
      });
    }),
};
