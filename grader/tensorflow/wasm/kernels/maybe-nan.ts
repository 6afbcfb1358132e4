import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { runKernel } from './activation.ts';

/** Whether the sum of all values is NaN, as it is where one of them is, or where both infinities are there. */
export function maybeNaN(backend: FastWasmBackend, x: TensorInfo): boolean {
  if (x.dtype !== 'float32') return false;
  const total = runKernel(backend, tf.Sum, { inputs: { x }, attrs: { keepDims: false } });
  const [value] = backend.floats(total);
  backend.disposeData(total.dataId);
  return Number.isNaN(value);
}
