import * as tf from '@tensorflow/tfjs';
import { cpuFallback } from '../cpu-fallback.ts';
import type { KernelCall, KernelDefinition } from '../kernel.ts';
import { runKernel } from './activation.ts';
import { longestSum } from './blocked-product.ts';
import { maybeNaN } from './maybe-nan.ts';

function poolInfo({ inputs, attrs }: KernelCall): tf.backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolAttrs;
  return tf.backend_util.computePool2DInfo(
    inputs['x'].shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/**
 * Whether a window may lie wholly in the padding, which XNNPACK refuses and leaves the result as the heap was, or is
 * larger than the picture, of which it writes a result that has no place.
 */
function leavesPicture(info: tf.backend_util.Conv2DInfo): boolean {
  const { padInfo, filterHeight, filterWidth, outHeight, outWidth } = info;
  if (outHeight <= 0 || outWidth <= 0) return true;
  const { top, bottom, left, right } = padInfo;
  return Math.max(top, bottom) >= filterHeight || Math.max(left, right) >= filterWidth;
}

/** Max pooling. Of maxima among NaN XNNPACK's depend on the order of its comparisons. */
export const maxPool: KernelDefinition = {
  name: tf.MaxPool,
  make: (stock) => (call) => {
    const hard = leavesPicture(poolInfo(call)) || maybeNaN(call.backend, call.inputs['x']);
    return stock === undefined || hard ? cpuFallback(tf.MaxPool)(call) : stock(call);
  },
};

/** Average pooling; that of a whole large picture is a mean, which is added up in float64. */
export const avgPool: KernelDefinition = {
  name: tf.AvgPool,
  make: (stock) => (call) => {
    const info = poolInfo(call);
    const { filterHeight, filterWidth, inHeight, inWidth } = info;
    const global = filterHeight === inHeight && filterWidth === inWidth && info.padInfo.type === 'VALID';
    if (global && inHeight * inWidth > longestSum) {
      return runKernel(call.backend, tf.Mean, {
        inputs: call.inputs,
        attrs: { axis: [1, 2], keepDims: true },
      });
    }
    return stock === undefined || leavesPicture(info) ? cpuFallback(tf.AvgPool)(call) : stock(call);
  },
};
