import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';

/** The part of a convolution's geometry that its phases depend on. */
export interface PhaseGeometry {
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
}

/** How many phases of the stride any tap of the filter falls on; the others have gradient zero. */
export function phasesOf(geometry: PhaseGeometry): { rows: number; columns: number } {
  return {
    rows: Math.min(geometry.strideHeight, geometry.filterHeight),
    columns: Math.min(geometry.strideWidth, geometry.filterWidth),
  };
}

/**
 * The filter of the convolution that computes an input gradient:
 * `[ceil(fh / sh), ceil(fw / sw), outChannels, rows * columns * inChannels]` from `[fh, fw, inChannels,
 * outChannels]`. Its tap j of phase p is the original's tap `p + s * (last - j)`, zero where there is none. With
 * stride 1 that is the flipped filter with its channels swapped.
 */
export function phaseFilter(
  backend: FastWasmBackend,
  filter: TensorInfo,
  geometry: PhaseGeometry,
): TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape;
  const { strideHeight, strideWidth } = geometry;
  const { rows, columns } = phasesOf(geometry);
  const tapsHigh = Math.ceil(height / strideHeight);
  const tapsWide = Math.ceil(width / strideWidth);
  const depth = rows * columns * inChannels;
  const result = backend.makeOutput([tapsHigh, tapsWide, outChannels, depth], 'float32');
  const from = backend.floats(filter);
  const to = backend.floats(result).fill(0);
  for (let y = 0; y < height; y++) {
    const j = tapsHigh - 1 - Math.floor(y / strideHeight);
    for (let x = 0; x < width; x++) {
      const i = tapsWide - 1 - Math.floor(x / strideWidth);
      const phase = (y % strideHeight) * columns + (x % strideWidth);
      const source = (y * width + x) * inChannels * outChannels;
      const target = (j * tapsWide + i) * outChannels * depth + phase * inChannels;
      for (let ci = 0; ci < inChannels; ci++) {
        for (let co = 0; co < outChannels; co++) {
          to[target + co * depth + ci] = from[source + ci * outChannels + co];
        }
      }
    }
  }
  return result;
}
