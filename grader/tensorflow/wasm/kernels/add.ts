import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';

/** Whether `row` is a bias: as long as the last axis of `x`, along which nothing else of it lies. */
function isRowOf(x: TensorInfo, row: TensorInfo): boolean {
  const length = x.shape.at(-1);
  return (
    x.dtype === 'float32' &&
    row.dtype === 'float32' &&
    row.shape.length <= x.shape.length &&
    row.shape.at(-1) === length &&
    tf.util.sizeFromShape(row.shape) === length
  );
}

function addRows(backend: FastWasmBackend, x: TensorInfo, row: TensorInfo): TensorInfo {
  const result = backend.makeOutput(x.shape, 'float32');
  const [from, rowAt, to] = [x, row, result].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const bytes = row.shape.at(-1)! * Float32Array.BYTES_PER_ELEMENT;
  const rows = tf.util.sizeFromShape(x.shape.slice(0, -1));
  backend.threads.run(
    backend.threads.share(rows, bytes).map(({ first, count }) => ({
      loop: 'addRow',
      parameters: [from + first * bytes, rowAt, to + first * bytes, count, bytes],
    })),
  );
  return result;
}

/** Adds a bias, the same row to every pixel. XNNPACK is called once for each of them. */
export const add: KernelDefinition = {
  name: tf.Add,
  make: (stock) => (call) => {
    const { a, b } = call.inputs;
    return isRowOf(a, b) ? addRows(call.backend, a, b) : (stock as Kernel)(call);
  },
};
