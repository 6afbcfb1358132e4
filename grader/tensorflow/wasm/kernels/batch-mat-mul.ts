import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { registeredKernel } from '../kernel.ts';
import { multiplyInBlocks } from './blocked-product.ts';
import type { HeapMatrix } from './blocked-product.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';

/** Below this many multiplications the stock kernel's plain loop is as good. */
const worthwhile = 4096;
/** More terms than this are added up in blocks: XNNPACK adds one float32 after another. */
const longest = 256;
const floatBytes = 4;

type Matrices = readonly [batch: number, rows: number, columns: number];

function asMatrices({ shape }: TensorInfo): Matrices {
  const [rows, columns] = shape.slice(-2);
  return [tf.util.sizeFromShape(shape.slice(0, -2)), rows, columns];
}

/** Hands matrix `index` of a stack, transposed if asked, to `use`, as `[1, rows, columns]`; copies only if it must. */
function withMatrix<T>(
  backend: FastWasmBackend,
  stack: TensorInfo,
  { index, transpose }: { index: number; transpose: boolean },
  use: (matrix: TensorInfo) => T,
): T {
  const [batch, rows, columns] = asMatrices(stack);
  const owned: TensorInfo[] = [];
  let matrix: TensorInfo = { ...stack, shape: [rows, columns] };
  if (batch > 1) {
    const size = rows * columns;
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

/**
 * Matrix products. tfjs-wasm calls XNNPACK for one pair of matrices as they lie and a plain loop, some thirty
 * times slower, for stacks and transposed ones; a Gram matrix and every gradient of a product are transposed. Here
 * the matrices are laid out first and multiplied pair by pair.
 */
export const batchMatMul: KernelDefinition = {
  name: tf.BatchMatMul,
  make: (stock) => (call) => {
    if (stock === undefined) throw new Error('tfjs-wasm has no BatchMatMul kernel');
    const { inputs, attrs, backend } = call;
    const { a, b } = inputs;
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
    const [batchA, rowsA, columnsA] = asMatrices(a);
    const [batchB, rowsB, columnsB] = asMatrices(b);
    const [rows, inner] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
    const [columns, innerB] = transposeB ? [rowsB, columnsB] : [columnsB, rowsB];
    const batch = Math.max(batchA, batchB);
    const lying = batch === 1 && !transposeA && !transposeB;
    const stackable = batchA === batchB || batchA === 1 || batchB === 1;
    const floats = a.dtype === 'float32' && b.dtype === 'float32';
    const small = rows * inner * columns < worthwhile;
    const long = inner > longest;
    if (!stackable || !floats || inner !== innerB) return stock(call);
    if (!long && (lying || small)) return stock(call);

    const batchShape = tf.broadcast_util.assertAndGetBroadcastShape(
      a.shape.slice(0, -2),
      b.shape.slice(0, -2),
    );
    const result = backend.makeOutput([...batchShape, rows, columns], 'float32');
    for (let index = 0; index < batch; index++) {
      if (long) {
        multiplyInBlocks(
          backend,
          {
            left: matrixOf(backend, a, { index: index % batchA, transpose: transposeA }),
            right: matrixOf(backend, b, { index: index % batchB, transpose: transposeB }),
            rows,
            inner,
            columns,
          },
          { result, offset: index * rows * columns },
        );
        continue;
      }
      const product = withMatrix(backend, a, { index: index % batchA, transpose: transposeA }, (left) =>
        withMatrix(backend, b, { index: index % batchB, transpose: transposeB }, (right) =>
          multiply(stock, backend, left, right),
        ),
      );
      backend.floats(result).set(backend.floats(product), index * rows * columns);
      backend.disposeData(product.dataId);
    }
    return result;
  },
};

/** Matrix `index` of a stack, transposed if asked, where it lies. */
function matrixOf(
  backend: FastWasmBackend,
  stack: TensorInfo,
  { index, transpose }: { index: number; transpose: boolean },
): HeapMatrix {
  const [, rows, columns] = asMatrices(stack);
  const address = backend.getMemoryOffset(stack.dataId) + index * rows * columns * floatBytes;
  const [rowStride, columnStride] = transpose
    ? [floatBytes, columns * floatBytes]
    : [columns * floatBytes, floatBytes];
  return { address, rowStride, columnStride };
}

function multiply(stock: Kernel, backend: FastWasmBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  return stock({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend }) as TensorInfo;
}
