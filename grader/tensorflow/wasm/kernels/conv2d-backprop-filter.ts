import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { registeredKernel } from '../kernel.ts';
import type { KernelDefinition } from '../kernel.ts';
import { longestSum, multiplyInBlocks } from './blocked-product.ts';
import type { HeapMatrix } from './blocked-product.ts';
import { conv2d } from './conv2d.ts';

type ConvInfo = tf.backend_util.Conv2DInfo;

const bytes = Float32Array.BYTES_PER_ELEMENT;

/** The tap of a filter that a weight gradient is computed for. */
interface Tap {
  readonly y: number;
  readonly x: number;
}

/** A matrix whose rows follow one another. */
function rowByRow(backend: FastWasmBackend, { dataId }: TensorInfo, columns: number): HeapMatrix {
  return { address: backend.getMemoryOffset(dataId), rowStride: columns * bytes, columnStride: bytes };
}

/** `[N, H, W, C]` to `[C, N * H * W]`. */
function channelsFirst(backend: FastWasmBackend, x: TensorInfo, depth: number): TensorInfo {
  const transpose = registeredKernel(tf.Transpose, 'wasm');
  if (transpose === undefined) throw new Error('tfjs-wasm has no Transpose kernel');
  const flat: TensorInfo = { ...x, shape: [tf.util.sizeFromShape(x.shape) / depth, depth] };
  return transpose({ inputs: { x: flat }, attrs: { perm: [1, 0] }, backend }) as TensorInfo;
}

/**
 * Writes to `seen`, `[C, N * outH * outW]`, the input values that a tap of the filter meets, zero outside the
 * image.
 */
function gatherTap(
  backend: FastWasmBackend,
  tensors: { x: TensorInfo; seen: TensorInfo },
  info: ConvInfo,
  tap: Tap,
): void {
  const {
    batchSize,
    inChannels,
    inHeight,
    inWidth,
    outHeight,
    outWidth,
    strideHeight,
    strideWidth,
    padInfo,
  } = info;
  const dy = tap.y - padInfo.top;
  const dx = tap.x - padInfo.left;
  const firstColumn = Math.max(0, Math.ceil(-dx / strideWidth));
  const pastColumn = Math.min(outWidth, Math.floor((inWidth - 1 - dx) / strideWidth) + 1);
  const columns = pastColumn - firstColumn;
  backend.floats(tensors.seen).fill(0);
  if (columns <= 0) return;
  const from = backend.getMemoryOffset(tensors.x.dataId);
  const to = backend.getMemoryOffset(tensors.seen.dataId);
  const contiguous = strideWidth === 1;
  for (let image = 0; image < inChannels * batchSize; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y = oy * strideHeight + dy;
      if (y < 0 || y >= inHeight) continue;
      const source = (image * inHeight + y) * inWidth + firstColumn * strideWidth + dx;
      const target = (image * outHeight + oy) * outWidth + firstColumn;
      backend.loops.copyBlocks(
        from + source * bytes,
        to + target * bytes,
        contiguous ? 1 : columns,
        contiguous ? columns * bytes : bytes,
        strideWidth * bytes,
        bytes,
      );
    }
  }
}

/**
 * The gradient of a convolution with respect to its filter. For each tap of the filter it is a matrix product,
 * `[inChannels, N * outH * outW]` of the input values that the tap meets times `[N * outH * outW, outChannels]` of
 * `dy`. A short one XNNPACK does as a forward 1x1 convolution, `dy` packed once for all taps; a long one is added up
 * in blocks.
 */
export const conv2dBackpropFilter: KernelDefinition = {
  name: tf.Conv2DBackpropFilter,
  make:
    () =>
    ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs;
      const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
        attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
      if (format !== 'channelsLast')
        throw new Error('Conv2DBackpropFilter on WASM wants the data format NHWC');
      const info = tf.backend_util.computeConv2DInfo(
        x.shape as [number, number, number, number],
        filterShape,
        strides,
        1,
        pad,
        dimRoundingMode,
        false,
        format,
      );
      const { filterHeight, filterWidth, inChannels, outChannels } = info;
      const places = info.batchSize * info.outHeight * info.outWidth;
      const result = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], 'float32');
      const byChannel = channelsFirst(backend, x, inChannels);
      const { top, bottom, left: before, right: after } = info.padInfo;
      const steps = [filterHeight, filterWidth, info.strideHeight, info.strideWidth];
      const everyPlace =
        steps.every((step) => step === 1) && [top, bottom, before, after].every((pad) => pad === 0);
      const seen = everyPlace ? byChannel : backend.makeOutput([inChannels, places], 'float32');
      const matrix: TensorInfo = { ...seen, shape: [1, 1, inChannels, places] };
      const filter: TensorInfo = { ...dy, shape: [1, 1, places, outChannels] };
      const long = places > longestSum;
      for (let y = 0; y < filterHeight; y++) {
        for (let x0 = 0; x0 < filterWidth; x0++) {
          if (!everyPlace) gatherTap(backend, { x: byChannel, seen }, info, { y, x: x0 });
          const offset = (y * filterWidth + x0) * inChannels * outChannels;
          if (long) {
            const left = rowByRow(backend, seen, places);
            const right = rowByRow(backend, dy, outChannels);
            const product = { left, right, rows: inChannels, inner: places, columns: outChannels };
            multiplyInBlocks(backend, product, { result, offset });
            continue;
          }
          const product = conv2d(backend, {
            x: matrix,
            filter,
            padding: { vertical: [0, 0], horizontal: [0, 0] },
          });
          backend.floats(result).set(backend.floats(product), offset);
          backend.disposeData(product.dataId);
        }
      }
      if (!everyPlace) backend.disposeData(seen.dataId);
      backend.disposeData(byChannel.dataId);
      return result;
    },
};
