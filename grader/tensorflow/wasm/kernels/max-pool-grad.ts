import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { KernelDefinition } from '../kernel.ts';

type PoolInfo = tf.backend_util.Conv2DInfo;

interface PoolTensors {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly dx: TensorInfo;
}

/** One window of a pooling, clipped to the image: pixel indices into `[N * H * W]` and `[N * outH * outW]`. */
interface Window {
  readonly first: number;
  readonly rows: number;
  readonly columns: number;
  readonly out: number;
}

function forEachWindow(info: PoolInfo, visit: (window: Window) => void): void {
  const { inHeight, inWidth, outHeight, outWidth, padInfo } = info;
  for (let n = 0; n < info.batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - padInfo.top;
      const y = Math.max(0, top);
      const rows = Math.min(inHeight, top + info.filterHeight) - y;
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - padInfo.left;
        const x = Math.max(0, left);
        const columns = Math.min(inWidth, left + info.filterWidth) - x;
        visit({
          first: (n * inHeight + y) * inWidth + x,
          rows,
          columns,
          out: (n * outHeight + oy) * outWidth + ox,
        });
      }
    }
  }
}

function spreadFourChannels(backend: FastWasmBackend, info: PoolInfo, tensors: PoolTensors): void {
  const depthBytes = info.inChannels * Float32Array.BYTES_PER_ELEMENT;
  const rowStride = info.inWidth * depthBytes;
  const xAt = backend.getMemoryOffset(tensors.x.dataId);
  const dyAt = backend.getMemoryOffset(tensors.dy.dataId);
  const dxAt = backend.getMemoryOffset(tensors.dx.dataId);
  const { maxPoolWindow, maxPoolWindow3x3 } = backend.loops;
  forEachWindow(info, ({ first, rows, columns, out }) => {
    const offset = first * depthBytes;
    const [x, dx, dy] = [xAt + offset, dxAt + offset, dyAt + out * depthBytes];
    if (rows === 3 && columns === 3) maxPoolWindow3x3(x, dx, dy, rowStride, depthBytes);
    else maxPoolWindow(x, dx, dy, rows, columns, rowStride, depthBytes);
  });
}

function spreadEachChannel(backend: FastWasmBackend, info: PoolInfo, tensors: PoolTensors): void {
  const { inChannels: depth, inWidth } = info;
  const x = backend.floats(tensors.x);
  const dy = backend.floats(tensors.dy);
  const dx = backend.floats(tensors.dx);
  forEachWindow(info, ({ first, rows, columns, out }) => {
    for (let c = 0; c < depth; c++) {
      let largest = -Infinity;
      let place = -1;
      for (let pixel = first; pixel < first + rows * inWidth; pixel += inWidth) {
        for (let at = pixel * depth + c; at < (pixel + columns) * depth; at += depth) {
          if (x[at] > largest) {
            largest = x[at];
            place = at;
          }
        }
      }
      if (place >= 0) dx[place] += dy[out * depth + c];
    }
  });
}

/**
 * The gradient of max pooling: each window's `dy` goes to the window's largest input, to the first one in
 * row-major order where several are equal, as TensorFlow breaks ties. A window without a number above -Infinity
 * passes nothing on, as in tfjs's own kernels.
 */
export const maxPoolGrad: KernelDefinition = {
  name: tf.MaxPoolGrad,
  make:
    () =>
    ({ inputs, attrs, backend }) => {
      const { dy, input } = inputs;
      const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
      const info = tf.backend_util.computePool2DInfo(
        input.shape as [number, number, number, number],
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
      const dx = backend.makeOutput(input.shape, 'float32');
      backend.floats(dx).fill(0);
      const spread = info.inChannels % 4 === 0 ? spreadFourChannels : spreadEachChannel;
      spread(backend, info, { x: input, dy, dx });
      return dx;
    },
};
