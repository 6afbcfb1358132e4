import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { LoopCall } from '../simd/loop-threads.ts';
import { panelFilters, tileWindows } from '../simd/windows.ts';

type ConvInfo = tf.backend_util.Conv2DInfo;

/** A convolution's tensors: `x` `[N, H, W, C]` and `filter` `[h, w, C, outputs]`, float32. */
export interface ConvolutionTensors {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
}

const bytes = Float32Array.BYTES_PER_ELEMENT;
/** So much of an image stays in a core's cache while one panel of filters after another passes over it. */
const cachedBytes = 2 ** 19;
/** Windows in a tile of the narrow product; those of the wide one are fewer. */
const mostWindows = 2 * tileWindows;
/** So many that threads which are held up leave the rest to others. */
const callsAThread = 8;

/** TensorFlow.js gets the shape wrong where padding is one number and strides or a filter are of two. */
function windowsLieWithin(info: ConvInfo): boolean {
  const { top, bottom, left, right } = info.padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  return height <= top + info.inHeight + bottom && width <= left + info.inWidth + right;
}

/**
 * Whether {@link convolveWindows} computes this convolution, and as XNNPACK does: that adds up fewer than eight outputs
 * in another order.
 */
export function fitsWindows(info: ConvInfo): boolean {
  const { batchSize, outHeight, outWidth, outChannels, dilationHeight, dilationWidth } = info;
  return (
    info.dataFormat === 'channelsLast' &&
    dilationHeight === 1 &&
    dilationWidth === 1 &&
    outChannels >= panelFilters &&
    outChannels % (panelFilters / 2) === 0 &&
    batchSize * outHeight * outWidth >= mostWindows &&
    windowsLieWithin(info)
  );
}

/** The image with zeros around it, or another tensor of the same data where none are wanted. */
function pad(backend: FastWasmBackend, x: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = info;
  const { top, bottom, left, right } = padInfo;
  if (top + bottom + left + right === 0) return backend.share(x);
  const [height, width] = [inHeight + top + bottom, inWidth + left + right];
  const image = backend.makeOutput([batchSize, height, width, inChannels], 'float32');
  backend.floats(image).fill(0);
  const [fromRow, toRow] = [inWidth * inChannels * bytes, width * inChannels * bytes];
  const from = backend.getMemoryOffset(x.dataId);
  const to = backend.getMemoryOffset(image.dataId) + top * toRow + left * inChannels * bytes;
  for (let n = 0; n < batchSize; n++) {
    const [source, target] = [from + n * inHeight * fromRow, to + n * height * toRow];
    backend.loops.copyBlocks(source, target, inHeight, fromRow, fromRow, toRow);
  }
  return image;
}

/** The addresses of all windows of an image, output by output. */
function listWindows(backend: FastWasmBackend, image: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, inChannels, strideHeight, strideWidth } = info;
  const list = backend.makeOutput([batchSize * outHeight * outWidth], 'int32');
  const addresses = backend.typedArrayFromHeap(list);
  const [, height, width] = image.shape;
  const first = backend.getMemoryOffset(image.dataId);
  const step = strideWidth * inChannels * bytes;
  let index = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      const row = first + (n * height + y * strideHeight) * width * inChannels * bytes;
      for (let x = 0; x < outWidth; x++) addresses[index++] = row + x * step;
    }
  }
  return list;
}

/** The filters in panels: for each weight of a filter, those of as many filters as are multiplied at once. */
function packPanels(backend: FastWasmBackend, filter: TensorInfo): TensorInfo {
  const panels = backend.makeOutput(filter.shape, 'float32');
  const filters = filter.shape[3];
  const weights = tf.util.sizeFromShape(filter.shape) / filters;
  const from = backend.getMemoryOffset(filter.dataId);
  const to = backend.getMemoryOffset(panels.dataId);
  for (let first = 0; first < filters; first += panelFilters) {
    const run = Math.min(panelFilters, filters - first) * bytes;
    backend.loops.copyBlocks(
      from + first * bytes,
      to + first * weights * bytes,
      weights,
      run,
      filters * bytes,
      run,
    );
  }
  return panels;
}

/** Windows that one call works through: what fits the cache, and where panels are few, enough calls for each thread. */
function windowsACall(info: ConvInfo, { windows, threads }: { windows: number; threads: number }): number {
  const seenBytes = info.strideHeight * info.strideWidth * info.inChannels * bytes;
  const panels = Math.ceil(info.outChannels / panelFilters);
  const parts = threads > 1 ? Math.ceil((threads * callsAThread) / panels) : 1;
  const tiles = Math.floor(Math.min(cachedBytes / seenBytes, windows / parts) / mostWindows);
  return Math.max(1, tiles) * mostWindows;
}

interface ListedConvolution {
  readonly image: TensorInfo;
  readonly list: TensorInfo;
  readonly panels: TensorInfo;
  readonly result: TensorInfo;
}

/** The products that make up a convolution, panel after panel on each part of the image. */
function productsOf(
  backend: FastWasmBackend,
  { image, list, panels, result }: ListedConvolution,
  info: ConvInfo,
): LoopCall[] {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const addressOf = ({ dataId }: TensorInfo): number => backend.getMemoryOffset(dataId);
  const [listAt, panelsAt, resultAt] = [list, panels, result].map(addressOf);
  const runFloats = filterWidth * inChannels;
  const runStride = image.shape[2] * inChannels * bytes;
  const product = (window: number, count: number, filter: number): LoopCall => {
    const isNarrow = outChannels - filter < panelFilters;
    return {
      loop: isNarrow ? 'multiplyWindowsNarrow' : 'multiplyWindows',
      parameters: [
        listAt + window * bytes,
        count / (isNarrow ? mostWindows : tileWindows),
        filterHeight,
        runFloats,
        runStride,
        panelsAt + filter * filterHeight * runFloats * bytes,
        resultAt + (window * outChannels + filter) * bytes,
        outChannels * bytes,
      ],
    };
  };
  const calls: LoopCall[] = [];
  const [windows] = list.shape;
  const step = windowsACall(info, { windows, threads: backend.threads.count });
  for (let window = 0; window < windows; window += step) {
    const count = Math.min(step, windows - window);
    const rest = count % mostWindows;
    for (let filter = 0; filter < outChannels; filter += panelFilters) {
      if (count > rest) calls.push(product(window, count - rest, filter));
      // The last tile reaches back to windows that are done, and does them again.
      if (rest > 0) calls.push(product(windows - mostWindows, mostWindows, filter));
    }
  }
  return calls;
}

/**
 * A forward convolution: each output is the product of a window of the image and a filter, added up in the order of the
 * window's floats, as XNNPACK does it, so that the bytes are the same. It is faster by a quarter and more: XNNPACK
 * shuffles lanes where this reads a float into all of them, and passes over all filters for every few pixels.
 */
export function convolveWindows(
  backend: FastWasmBackend,
  { x, filter }: ConvolutionTensors,
  info: ConvInfo,
): TensorInfo {
  const result = backend.makeOutput(info.outShape, 'float32');
  const panels = backend.derive(filter, 'panels', () => packPanels(backend, filter));
  const image = pad(backend, x, info);
  const list = listWindows(backend, image, info);
  const products = productsOf(backend, { image, list, panels, result }, info);
  const terms = tf.util.sizeFromShape(filter.shape) * list.shape[0];
  backend.threads.runProducts(products, terms);
  for (const { dataId } of [list, image]) backend.disposeData(dataId);
  return result;
}
