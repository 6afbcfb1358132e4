import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { Kernel, KernelDefinition } from '../kernel.ts';
import { comparedBytes } from '../simd/comparisons.ts';
import type { Comparison } from '../simd/comparisons.ts';

const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/** In JavaScript, for what is left over. */
const holds: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greaterEqual: (a, b) => a >= b,
};

/** The same with the operands the other way round. */
const mirrored: Readonly<Record<Comparison, Comparison>> = {
  equal: 'equal',
  notEqual: 'notEqual',
  less: 'greater',
  lessEqual: 'greaterEqual',
  greater: 'less',
  greaterEqual: 'lessEqual',
};

/** Compares the floats of `a` with those of `b`, which is of the same shape or one number. */
function compareFloats(
  backend: FastWasmBackend,
  { a, b }: { a: TensorInfo; b: TensorInfo },
  comparison: Comparison,
): TensorInfo {
  const result = backend.makeOutput(a.shape, 'bool');
  const size = tf.util.sizeFromShape(a.shape);
  const isOne = tf.util.sizeFromShape(b.shape) === 1;
  const [left, right] = [a, b].map((tensor) => backend.floats(tensor));
  const truths = backend.typedArrayFromHeap(result);
  const vectors = Math.floor((size * floatBytes) / comparedBytes);
  const bitsOfOne = isOne ? new Int32Array(right.slice(0, 1).buffer)[0] : 0;
  const [aAt, bAt, to] = [a, b, result].map(({ dataId }) => backend.getMemoryOffset(dataId));
  backend.threads.runShared(vectors, comparedBytes, ({ first, count }) => ({
    loop: isOne ? (`${comparison}One` as const) : comparison,
    parameters: [
      aAt + first * comparedBytes,
      isOne ? bitsOfOne : bAt + first * comparedBytes,
      to + (first * comparedBytes) / floatBytes,
      count * comparedBytes,
    ],
  }));
  for (let at = (vectors * comparedBytes) / floatBytes; at < size; at++) {
    truths[at] = holds[comparison](left[at], right[isOne ? 0 : at]) ? 1 : 0;
  }
  return result;
}

/** Whether one number is compared with each of `x`, and the result has the shape of `x`. */
const isOneFor = (x: TensorInfo, one: TensorInfo): boolean =>
  tf.util.sizeFromShape(one.shape) === 1 && one.shape.length <= x.shape.length;

/** A comparison of floats, four at a time; tfjs-wasm's looks at one after another. */
function compared(name: string, comparison: Comparison): KernelDefinition {
  return {
    name,
    make: (stock) => (call) => {
      const { a, b } = call.inputs;
      if (a.dtype === 'float32' && b.dtype === 'float32') {
        if (tf.util.arraysEqual(a.shape, b.shape) || isOneFor(a, b)) {
          return compareFloats(call.backend, { a, b }, comparison);
        }
        if (isOneFor(b, a)) return compareFloats(call.backend, { a: b, b: a }, mirrored[comparison]);
      }
      return (stock as Kernel)(call);
    },
  };
}

export const comparisons = [
  compared(tf.Equal, 'equal'),
  compared(tf.NotEqual, 'notEqual'),
  compared(tf.Less, 'less'),
  compared(tf.LessEqual, 'lessEqual'),
  compared(tf.Greater, 'greater'),
  compared(tf.GreaterEqual, 'greaterEqual'),
];
