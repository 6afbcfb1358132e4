import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { isRepeatedWhole } from '../../repeated-whole.ts';
import { registeredKernel } from '../kernel.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';
import { longestSum, multiplyInBlocks } from './blocked-product.ts';
import type { HeapMatrix } from './blocked-product.ts';
import { convolveWindows, fitsWindows } from './window-convolution.ts';

/** Below this many multiplications the stock kernel's plain loop is as good. */
const worthwhile = 4096;
/** Of fewer the places of the windows take longer than their products. */
const fewestTerms = 4;
const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/** One matrix of a stack, transposed if asked. */
interface Factor {
  readonly stack: TensorInfo;
  readonly index: number;
  readonly transpose: boolean;
}

/** Rows and columns of the factor's matrix as it lies, before it is transposed. */
function sidesOf({ stack }: Pick<Factor, 'stack'>): readonly [rows: number, columns: number] {
  const [rows, columns] = stack.shape.slice(-2);
  return [rows, columns];
}

/** For each matrix of a stack of shape `to`, the index of the one in a stack of shape `from` that is broadcast to it. */
function broadcastIndices(from: readonly number[], to: readonly number[]): number[] {
  const sides = [...Array<number>(to.length - from.length).fill(1), ...from];
  let indices = [0];
  sides.forEach((side, axis) => {
    indices = indices.flatMap((index) =>
      Array.from({ length: to[axis] }, (_, at) => index * side + (side === 1 ? 0 : at)),
    );
  });
  return indices;
}

/** Hands a factor to `use` as `[1, rows, columns]`; copies only if it must. */
function withMatrix<T>(backend: FastWasmBackend, factor: Factor, use: (matrix: TensorInfo) => T): T {
  const { stack, index, transpose } = factor;
  const [rows, columns] = sidesOf(factor);
  const size = rows * columns;
  const owned: TensorInfo[] = [];
  let matrix: TensorInfo = { ...stack, shape: [rows, columns] };
  if (tf.util.sizeFromShape(stack.shape) > size) {
    matrix = backend.makeOutput([rows, columns], 'float32');
    owned.push(matrix);
    backend.floats(matrix).set(backend.floats(stack).subarray(index * size, (index + 1) * size));
  }
  if (transpose) {
    const kernel = registeredKernel(tf.Transpose, 'wasm')!;
    matrix = kernel({ inputs: { x: matrix }, attrs: { perm: [1, 0] }, backend }) as TensorInfo;
    owned.push(matrix);
  }
  try {
    return use({ ...matrix, shape: [1, ...matrix.shape] });
  } finally {
    for (const { dataId } of owned) backend.disposeData(dataId);
  }
}

/** A factor where it lies. */
function inHeap(backend: FastWasmBackend, factor: Factor): HeapMatrix {
  const { stack, index, transpose } = factor;
  const [rows, columns] = sidesOf(factor);
  const address = backend.getMemoryOffset(stack.dataId) + index * rows * columns * floatBytes;
  const rowBytes = columns * floatBytes;
  return transpose
    ? { address, rowStride: floatBytes, columnStride: rowBytes }
    : { address, rowStride: rowBytes, columnStride: floatBytes };
}

/**
 * Matrix products. tfjs-wasm calls XNNPACK for one pair of matrices as they lie and a plain loop, some thirty
 * times slower, for stacks and transposed ones; a Gram matrix and every gradient of a product are transposed. Here
 * the matrices are laid out first and multiplied pair by pair, and long products are added up in blocks. Where a
 * stack is broadcast otherwise than as a whole, tfjs-wasm takes the wrong pairs, and not all of them.
 */
export const batchMatMul: KernelDefinition = {
  name: tf.BatchMatMul,
  make: (stock) => (call) => {
    if (stock === undefined) throw new Error('tfjs-wasm has no BatchMatMul kernel');
    const { inputs, attrs, backend } = call;
    const { a, b } = inputs;
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
    const [rowsA, columnsA] = sidesOf({ stack: a });
    const [rowsB, columnsB] = sidesOf({ stack: b });
    const [rows, inner] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
    const [columns, innerB] = transposeB ? [rowsB, columnsB] : [columnsB, rowsB];
    const [stackA, stackB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const stackShape = tf.broadcast_util.assertAndGetBroadcastShape(stackA, stackB);
    const count = tf.util.sizeFromShape(stackShape);

    const long = inner > longestSum;
    const known = [stackA, stackB].every((stack) => isRepeatedWhole(stack, stackShape));
    const lying = count === 1 && !transposeA && !transposeB;
    const small = rows * inner * columns < worthwhile;
    // The stock kernel's refusal says why.
    if (inner !== innerB || (known && !long && small)) return stock(call);
    if (lying && !long) return { ...multiply(stock, backend, a, b), shape: [...stackShape, rows, columns] };

    const result = backend.makeOutput([...stackShape, rows, columns], 'float32');
    const indicesA = broadcastIndices(stackA, stackShape);
    const indicesB = broadcastIndices(stackB, stackShape);
    for (let index = 0; index < count; index++) {
      const left = { stack: a, index: indicesA[index], transpose: transposeA };
      const right = { stack: b, index: indicesB[index], transpose: transposeB };
      const offset = index * rows * columns;
      if (long) {
        const factors = { left: inHeap(backend, left), right: inHeap(backend, right) };
        multiplyInBlocks(backend, { ...factors, rows, inner, columns }, { result, offset });
      } else {
        const product = withMatrix(backend, left, (x) =>
          withMatrix(backend, right, (y) => multiply(stock, backend, x, y)),
        );
        backend.floats(result).set(backend.floats(product), offset);
        backend.disposeData(product.dataId);
      }
    }
    return result;
  },
};

/** `[1, rows, inner]` times `[1, inner, columns]`: as a convolution by one pixel where that is faster, with the same bytes. */
function multiply(stock: Kernel, backend: FastWasmBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sidesOf({ stack: a });
  const [, columns] = sidesOf({ stack: b });
  const x = { ...a, shape: [1, rows, 1, inner] };
  const filter = { ...b, shape: [1, 1, inner, columns] };
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    1,
    1,
    'valid',
  );
  if (inner < fewestTerms || !fitsWindows(info)) {
    return stock({
      inputs: { a, b },
      attrs: { transposeA: false, transposeB: false },
      backend,
    }) as TensorInfo;
  }
  return { ...convolveWindows(backend, { x, filter }, info), shape: [1, rows, columns] };
}
