import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { cpuFallback } from '../cpu-fallback.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';
import { maybeNaN } from './maybe-nan.ts';
import type { RowLoops } from '../simd/row-operations.ts';

const bytes = Float32Array.BYTES_PER_ELEMENT;
/** Of a shorter row several are laid end to end: the loop is at its best with whole vectors. */
const shortRow = 16;
const repeats = 16;

/** Whether `row` is repeated over `x`: a bias, a mean of colours, one number; its dimensions are the last ones of `x`. */
function isRowOf(x: TensorInfo, row: TensorInfo): boolean {
  const leading = row.shape.findIndex((dimension) => dimension !== 1);
  const dimensions = leading < 0 ? [] : row.shape.slice(leading);
  return (
    x.dtype === 'float32' &&
    row.dtype === 'float32' &&
    row.shape.length <= x.shape.length &&
    tf.util.arraysEqual(dimensions, x.shape.slice(x.shape.length - dimensions.length))
  );
}

/** The row as often as it takes to be worth a loop. */
function repeated(backend: FastWasmBackend, row: TensorInfo): TensorInfo {
  const length = tf.util.sizeFromShape(row.shape);
  const long = backend.makeOutput([repeats * length], 'float32');
  const to = backend.floats(long);
  for (let at = 0; at < to.length; at += length) to.set(backend.floats(row), at);
  return long;
}

/** Combines each row of `x` with one. */
function combineRows(
  backend: FastWasmBackend,
  { x, row }: { x: TensorInfo; row: TensorInfo },
  loop: keyof RowLoops,
): TensorInfo {
  const result = backend.makeOutput(x.shape, 'float32');
  const length = tf.util.sizeFromShape(row.shape);
  const rows = length === 0 ? 0 : tf.util.sizeFromShape(x.shape) / length;
  const together = length < shortRow && rows >= repeats ? repeats : 1;
  const long = together === 1 ? backend.share(row) : repeated(backend, row);
  const [from, rowAt, to] = [x, long, result].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const of = (first: number, count: number, run: number): readonly number[] => {
    const offset = first * length * bytes;
    return [from + offset, rowAt, to + offset, count, run * length * bytes];
  };
  const whole = Math.floor(rows / together);
  backend.threads.runShared(whole, together * length * bytes, ({ first, count }) => ({
    loop,
    parameters: of(first * together, count, together),
  }));
  if (whole * together < rows) {
    backend.threads.runAlone([{ loop, parameters: of(whole * together, rows - whole * together, 1) }]);
  }
  backend.disposeData(long.dataId);
  return result;
}

/** An operation of two tensors, of which the loop computes what `fits`; a row may be the first if the two commute. */
function byRows(
  loop: keyof RowLoops,
  { commutes, fits }: { commutes: boolean; fits: (x: TensorInfo, row: TensorInfo) => boolean },
): (other: Kernel) => Kernel {
  return (other) => (call) => {
    const { a, b } = call.inputs;
    if (fits(a, b)) return combineRows(call.backend, { x: a, row: b }, loop);
    if (commutes && fits(b, a)) return combineRows(call.backend, { x: b, row: a }, loop);
    return other(call);
  };
}

/** XNNPACK is called once for each row; with one number and with two tensors of one shape it is fast. */
const isRowOfSome = (x: TensorInfo, row: TensorInfo): boolean =>
  isRowOf(x, row) && tf.util.sizeFromShape(row.shape) > 1 && !tf.util.arraysEqual(x.shape, row.shape);

function arithmetic(name: string, loop: keyof RowLoops, order: { commutes: boolean }): KernelDefinition {
  const rows = byRows(loop, { ...order, fits: isRowOfSome });
  return { name, make: (stock) => rows(stock as Kernel) };
}

export const add = arithmetic(tf.Add, 'addRow', { commutes: true });
export const subtract = arithmetic(tf.Sub, 'subtractRow', { commutes: false });
export const multiply = arithmetic(tf.Multiply, 'multiplyRow', { commutes: true });
export const divide = arithmetic(tf.RealDiv, 'divideRow', { commutes: false });

/** The larger or smaller of two; tfjs-wasm's may lose a NaN, and looks at one number after another. */
function extreme(name: string, loop: keyof RowLoops): KernelDefinition {
  const rows = byRows(loop, { commutes: true, fits: isRowOf });
  return {
    name,
    make: (stock) =>
      rows((call) => {
        const lost = Object.values(call.inputs).some((input) => maybeNaN(call.backend, input));
        return stock === undefined || lost ? cpuFallback(name)(call) : stock(call);
      }),
  };
}

export const maximum = extreme(tf.Maximum, 'maximumRow');
export const minimum = extreme(tf.Minimum, 'minimumRow');
