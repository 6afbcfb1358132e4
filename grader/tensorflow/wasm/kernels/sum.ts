import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { registeredKernel } from '../kernel.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';

/** Neighbouring axes of a tensor that are all summed over, or all kept. */
interface AxisGroup {
  readonly size: number;
  readonly summed: boolean;
}

const floatBytes = 4;
const doubleBytes = 8;
/** From so many elements on, eight pairs of sums at once are worth joining them afterwards. */
const longRow = 32;

function groupAxes(shape: readonly number[], axes: readonly number[]): AxisGroup[] {
  const groups: AxisGroup[] = [];
  shape.forEach((size, axis) => {
    const summed = axes.includes(axis);
    const last = groups.at(-1);
    if (last?.summed === summed) groups[groups.length - 1] = { summed, size: last.size * size };
    else if (size !== 1) groups.push({ summed, size });
  });
  return groups;
}

/** Adds to the doubles at `to` the sums of the floats at `from`; both are addresses. */
function addSums(backend: FastWasmBackend, groups: readonly AxisGroup[], from: number, to: number): void {
  const sizes = groups.map(({ size }) => size);
  const pattern = groups.map(({ summed }) => (summed ? 'S' : 'K')).join('');
  const rowSums = (rows: number, columns: number): void => {
    const bytes = columns * floatBytes;
    if (columns < longRow) backend.loops.addShortRowSums(from, to, rows, bytes);
    else backend.loops.addRowSums(from, to, rows, bytes);
  };
  const columnSums = (matrices: number, rows: number, columns: number): void =>
    backend.loops.addColumnSums(from, to, matrices, rows, columns * floatBytes);
  switch (pattern) {
    case '':
      return rowSums(1, 1);
    case 'S':
      return rowSums(1, sizes[0]);
    case 'K':
      return rowSums(sizes[0], 1);
    case 'KS':
      return rowSums(sizes[0], sizes[1]);
    case 'SK':
      return columnSums(1, sizes[0], sizes[1]);
    case 'KSK':
      return columnSums(sizes[0], sizes[1], sizes[2]);
  }
  const inner = groups.slice(1);
  const step = inner.reduce((size, group) => size * group.size, floatBytes);
  const kept = inner.reduce((size, group) => (group.summed ? size : size * group.size), doubleBytes);
  for (let index = 0; index < sizes[0]; index++) {
    addSums(backend, inner, from + index * step, groups[0].summed ? to : to + index * kept);
  }
}

/** Sums, or means, of a float32 tensor over axes; those of nothing are 0, as on the plain backend. */
function reduce(
  backend: FastWasmBackend,
  x: TensorInfo,
  { axis, keepDims }: tf.SumAttrs,
  { divide }: { divide: boolean },
): TensorInfo {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const [outShape, summedShape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const result = backend.makeOutput(
    keepDims ? tf.backend_util.expandShapeToKeepDim(outShape, axes) : outShape,
    x.dtype,
  );
  const size = tf.util.sizeFromShape(outShape);
  if (tf.util.sizeFromShape(x.shape) === 0) {
    backend.typedArrayFromHeap(result).fill(0);
    return result;
  }
  const scratch = backend.makeOutput([(size + 1) * (doubleBytes / floatBytes)], 'float32');
  const { buffer, byteOffset: sums } = backend.floats(scratch);
  const doubles = new Float64Array(buffer, sums, size + 1).fill(0);
  doubles[size] = divide ? tf.util.sizeFromShape(summedShape) : 1;
  const divisor = sums + size * doubleBytes;
  const [from, to] = [x, result].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const groups = groupAxes(x.shape, axes);
  const rowLength = groups.length === 2 && groups[1].summed ? groups[1].size : Infinity;
  if (rowLength < longRow) {
    backend.loops.storeShortRowQuotients(from, divisor, to, size, rowLength * floatBytes);
  } else {
    addSums(backend, groups, from, sums);
    backend.loops.storeQuotients(sums, divisor, to, size);
  }
  backend.disposeData(scratch.dataId);
  return result;
}

function withFloats(
  call: { x: TensorInfo; backend: FastWasmBackend },
  use: (x: TensorInfo) => TensorInfo,
): TensorInfo {
  const { x, backend } = call;
  if (x.dtype === 'float32') return use(x);
  const cast = registeredKernel(tf.Cast, 'wasm') as Kernel;
  const floats = cast({ inputs: { x }, attrs: { dtype: 'float32' }, backend }) as TensorInfo;
  try {
    return use(floats);
  } finally {
    backend.disposeData(floats.dataId);
  }
}

/** Sums, added up in float64 as on the plain backend; tfjs-wasm adds one float32 after another. */
export const sum: KernelDefinition = {
  name: tf.Sum,
  make: (stock) => (call) => {
    const { x } = call.inputs;
    const floats = x.dtype === 'float32';
    const empty = tf.util.sizeFromShape(x.shape) === 0;
    if (!floats && !empty && stock !== undefined) return stock(call);
    return reduce(call.backend, x, call.attrs as unknown as tf.SumAttrs, { divide: false });
  },
};

/** Means, divided before they are rounded to float32. */
export const mean: KernelDefinition = {
  name: tf.Mean,
  make:
    () =>
    ({ inputs: { x }, attrs, backend }) =>
      withFloats({ x, backend }, (floats) =>
        reduce(backend, floats, attrs as unknown as tf.MeanAttrs, { divide: true }),
      ),
};
