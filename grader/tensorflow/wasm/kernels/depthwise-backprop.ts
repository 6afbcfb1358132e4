import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { KernelDefinition } from '../kernel.ts';

type ConvInfo = tf.backend_util.Conv2DInfo;

interface DepthwiseAttributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function geometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: DepthwiseAttributes,
): ConvInfo {
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations,
    attributes.pad,
    attributes.dimRoundingMode,
    true,
  );
}

/** Visits every pair of an input pixel and a filter tap that meet in an output pixel, by element offsets. */
function forEachMeeting(info: ConvInfo, visit: (input: number, tap: number, output: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  for (let n = 0; n < batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const output = ((n * outHeight + oy) * outWidth + ox) * outChannels;
        for (let fy = 0; fy < info.filterHeight; fy++) {
          const y = oy * info.strideHeight + fy * info.dilationHeight - padInfo.top;
          if (y < 0 || y >= inHeight) continue;
          for (let fx = 0; fx < info.filterWidth; fx++) {
            const x = ox * info.strideWidth + fx * info.dilationWidth - padInfo.left;
            if (x < 0 || x >= inWidth) continue;
            const input = ((n * inHeight + y) * inWidth + x) * inChannels;
            visit(input, (fy * info.filterWidth + fx) * outChannels, output);
          }
        }
      }
    }
  }
}

function zeros(backend: FastWasmBackend, shape: number[]): TensorInfo {
  const tensor = backend.makeOutput(shape, 'float32');
  backend.floats(tensor).fill(0);
  return tensor;
}

/** The gradient of a depthwise convolution with respect to its input. */
export const depthwiseBackpropInput: KernelDefinition = {
  name: tf.DepthwiseConv2dNativeBackpropInput,
  make:
    () =>
    ({ inputs: { dy, filter }, attrs, backend }) => {
      const { inputShape } = attrs as unknown as tf.DepthwiseConv2dNativeBackpropInputAttrs;
      const info = geometry(inputShape, filter.shape, attrs as unknown as DepthwiseAttributes);
      const result = zeros(backend, [...inputShape]);
      const dx = backend.floats(result);
      const gradient = backend.floats(dy);
      const weights = backend.floats(filter);
      const multiplier = info.outChannels / info.inChannels;
      forEachMeeting(info, (input, tap, output) => {
        for (let c = 0; c < info.inChannels; c++) {
          let sum = 0;
          for (let out = c * multiplier; out < (c + 1) * multiplier; out++) {
            sum += gradient[output + out] * weights[tap + out];
          }
          dx[input + c] += sum;
        }
      });
      return result;
    },
};

/** The gradient of a depthwise convolution with respect to its filter. */
export const depthwiseBackpropFilter: KernelDefinition = {
  name: tf.DepthwiseConv2dNativeBackpropFilter,
  make:
    () =>
    ({ inputs: { x, dy }, attrs, backend }) => {
      const { filterShape } = attrs as unknown as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
      const info = geometry(x.shape, filterShape, attrs as unknown as DepthwiseAttributes);
      const result = backend.makeOutput([...filterShape], 'float32');
      const dw = new Float64Array(tf.util.sizeFromShape(filterShape));
      const values = backend.floats(x);
      const gradient = backend.floats(dy);
      const multiplier = info.outChannels / info.inChannels;
      forEachMeeting(info, (input, tap, output) => {
        for (let c = 0; c < info.inChannels; c++) {
          for (let out = c * multiplier; out < (c + 1) * multiplier; out++) {
            dw[tap + out] += values[input + c] * gradient[output + out];
          }
        }
      });
      backend.floats(result).set(dw);
      return result;
    },
};
