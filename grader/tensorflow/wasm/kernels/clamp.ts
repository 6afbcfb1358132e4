import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { KernelDefinition } from '../kernel.ts';

/** Values moved into [min, max]; NaN stays NaN, which XNNPACK moves too. */
function clamp(backend: FastWasmBackend, x: TensorInfo, min: number, max: number): TensorInfo {
  const result = backend.makeOutput(x.shape, 'float32');
  const [low, high] = new Int32Array(Float32Array.of(min, max).buffer);
  const bytes = tf.util.sizeFromShape(x.shape) * Float32Array.BYTES_PER_ELEMENT;
  backend.loops.clamp(
    backend.getMemoryOffset(x.dataId),
    backend.getMemoryOffset(result.dataId),
    bytes,
    low,
    high,
  );
  return result;
}

export const clipByValue: KernelDefinition = {
  name: tf.ClipByValue,
  make:
    () =>
    ({ inputs: { x }, attrs, backend }) => {
      const { clipValueMin, clipValueMax } = attrs as unknown as tf.ClipByValueAttrs;
      return clamp(backend, x, clipValueMin, clipValueMax);
    },
};

export const relu6: KernelDefinition = {
  name: tf.Relu6,
  make:
    () =>
    ({ inputs: { x }, backend }) =>
      clamp(backend, x, 0, 6),
};
