import * as tf from '@tensorflow/tfjs';
import { cpuFallback } from '../cpu-fallback.ts';
import type { KernelCall, KernelDefinition } from '../kernel.ts';
import { convolveWindows, fitsWindows } from './window-convolution.ts';

type Shape4D = [number, number, number, number];
type ConvInfo = tf.backend_util.Conv2DInfo;

function infoOf({ inputs, attrs }: KernelCall, depthwise: boolean): ConvInfo {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attrs as unknown as tf.Conv2DAttrs;
  return tf.backend_util.computeConv2DInfo(
    inputs['x'].shape as Shape4D,
    inputs['filter'].shape as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC'),
  );
}

/**
 * Convolutions of which some pixels meet no tap: with the padding `same` XNNPACK returns zeros there, with the same
 * padding in numbers it computes.
 */
function withPaddingInNumbers(call: KernelCall, info: ConvInfo): KernelCall {
  const skips = info.strideHeight > info.filterHeight || info.strideWidth > info.filterWidth;
  if (call.attrs['pad'] !== 'same' || !skips) return call;
  const { top, bottom, left, right } = info.padInfo;
  const pad = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return { ...call, attrs: { ...call.attrs, pad } };
}

function forward(name: string, depthwise: boolean): KernelDefinition {
  return {
    name,
    make: (stock) => (call) => {
      if (stock === undefined) throw new Error(`tfjs-wasm has no ${name} kernel`);
      const info = infoOf(call, depthwise);
      const { inputs, backend } = call;
      // XNNPACK writes a result that has no place.
      if (info.outHeight <= 0 || info.outWidth <= 0) return cpuFallback(name)(call);
      if (!depthwise && fitsWindows(info)) {
        return convolveWindows(backend, { x: inputs['x'], filter: inputs['filter'] }, info);
      }
      return stock(withPaddingInNumbers(call, info));
    },
  };
}

export const conv2dForward = forward(tf.Conv2D, false);
export const depthwiseForward = forward(tf.DepthwiseConv2dNative, true);
