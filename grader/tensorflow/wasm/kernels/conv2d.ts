import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { registeredKernel } from '../kernel.ts';

interface Convolution {
  /** `[N, H, W, C]`, float32. */
  readonly x: TensorInfo;
  /** `[h, w, C, outputs]`, float32. */
  readonly filter: TensorInfo;
  readonly padding: { readonly vertical: [number, number]; readonly horizontal: [number, number] };
  readonly dilations?: [number, number];
}

/** XNNPACK's forward convolution of stride 1, as tfjs-wasm calls it. */
export function conv2d(backend: FastWasmBackend, convolution: Convolution): TensorInfo {
  const kernel = registeredKernel(tf.Conv2D, 'wasm');
  if (kernel === undefined) throw new Error('tfjs-wasm has no Conv2D kernel');
  const { vertical, horizontal } = convolution.padding;
  return kernel({
    inputs: { x: convolution.x, filter: convolution.filter },
    attrs: {
      strides: [1, 1],
      pad: [[0, 0], vertical, horizontal, [0, 0]],
      dilations: convolution.dilations ?? [1, 1],
      dataFormat: 'NHWC',
      dimRoundingMode: undefined,
    },
    backend,
  }) as TensorInfo;
}
