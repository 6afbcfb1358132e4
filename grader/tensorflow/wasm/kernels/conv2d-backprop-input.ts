import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { KernelDefinition } from '../kernel.ts';
import { conv2d } from './conv2d.ts';
import { phaseFilter, phasesOf } from './phase-filter.ts';

type ConvInfo = tf.backend_util.Conv2DInfo;

/**
 * Moves the phases of a strided gradient from channels to places: `phases[n, q, r, (p, s, c)]` goes to
 * `dx[n, q * strideHeight + p - padTop, r * strideWidth + s - padLeft, c]`.
 */
function placePhases(backend: FastWasmBackend, phases: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels: depth, strideHeight, strideWidth, padInfo } = info;
  const dx = backend.makeOutput([batchSize, inHeight, inWidth, depth], 'float32');
  const { rows, columns } = phasesOf(info);
  if (rows < strideHeight || columns < strideWidth) backend.floats(dx).fill(0);
  const [, phaseHeight, phaseWidth, phaseDepth] = phases.shape;
  const from = backend.getMemoryOffset(phases.dataId);
  const to = backend.getMemoryOffset(dx.dataId);
  const bytes = Float32Array.BYTES_PER_ELEMENT;
  const firstRow = Math.floor(padInfo.top / strideHeight);
  const firstColumn = Math.floor(padInfo.left / strideWidth);
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < inHeight; y++) {
      const row = (y + padInfo.top) % strideHeight;
      if (row >= rows) continue;
      const q = Math.floor((y + padInfo.top) / strideHeight) - firstRow;
      for (let x = 0; x < Math.min(strideWidth, inWidth); x++) {
        const column = (x + padInfo.left) % strideWidth;
        if (column >= columns) continue;
        const r = Math.floor((x + padInfo.left) / strideWidth) - firstColumn;
        const source =
          ((n * phaseHeight + q) * phaseWidth + r) * phaseDepth + (row * columns + column) * depth;
        const target = ((n * inHeight + y) * inWidth + x) * depth;
        backend.loops.copyBlocks(
          from + source * bytes,
          to + target * bytes,
          Math.ceil((inWidth - x) / strideWidth),
          depth * bytes,
          phaseDepth * bytes,
          strideWidth * depth * bytes,
        );
      }
    }
  }
  return dx;
}

/** The padding before and after one side of `dy` that makes a forward convolution yield the wanted phases. */
function paddingOf(side: {
  size: number;
  outSize: number;
  padBefore: number;
  stride: number;
  filterSize: number;
}): [number, number] {
  const first = Math.floor(side.padBefore / side.stride);
  const last = Math.floor((side.padBefore + side.size - 1) / side.stride);
  const taps = Math.ceil(side.filterSize / side.stride);
  return [taps - 1 - first, last + 1 - side.outSize];
}

/**
 * The gradient of a convolution with respect to its input, computed as a forward convolution of `dy` with the
 * filter flipped in height and width and its channels swapped, which XNNPACK does many times faster than
 * tfjs-wasm's scalar loop and in the same order of summation. With a stride, the input's places fall into
 * stride * stride phases that see different taps of the filter; one stride-1 convolution computes all of them as
 * channels. Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4.
 */
export const conv2dBackpropInput: KernelDefinition = {
  name: tf.Conv2DBackpropInput,
  make: (stock) => (call) => {
    const { inputs, backend } = call;
    const { dy, filter } = inputs;
    const attrs = call.attrs as unknown as tf.Conv2DBackpropInputAttrs;
    const info = tf.backend_util.computeConv2DInfo(
      attrs.inputShape,
      filter.shape as [number, number, number, number],
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(attrs.dataFormat),
    );
    const vertical = paddingOf({
      size: info.inHeight,
      outSize: info.outHeight,
      padBefore: info.padInfo.top,
      stride: info.strideHeight,
      filterSize: info.filterHeight,
    });
    const horizontal = paddingOf({
      size: info.inWidth,
      outSize: info.outWidth,
      padBefore: info.padInfo.left,
      stride: info.strideWidth,
      filterSize: info.filterWidth,
    });
    // More padding than the filter reaches into would mean to cut away rows of dy: nobody's network, left to tfjs.
    const cuts = Math.min(...vertical, ...horizontal) < 0;
    if (stock !== undefined && (cuts || info.dataFormat !== 'channelsLast')) return stock(call);

    const flipped = backend.derive(filter, `phases/${info.strideHeight}x${info.strideWidth}`, () =>
      phaseFilter(backend, filter, info),
    );
    const phases = conv2d(backend, { x: dy, filter: flipped, padding: { vertical, horizontal } });
    if (info.strideHeight === 1 && info.strideWidth === 1) return phases;
    const dx = placePhases(backend, phases, info);
    backend.disposeData(phases.dataId);
    return dx;
  },
};
