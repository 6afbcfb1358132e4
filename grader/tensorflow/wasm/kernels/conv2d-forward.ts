import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';

type Shape4D = [number, number, number, number];

/**
 * Convolutions of which some pixels meet no tap: with the padding `same` XNNPACK returns zeros there, with the same
 * padding in numbers it computes.
 */
function withPaddingInNumbers(name: string, depthwise: boolean): KernelDefinition {
  return {
    name,
    make: (stock) => (call) => {
      const { inputs, attrs } = call;
      if (stock === undefined) throw new Error(`tfjs-wasm has no ${name} kernel`);
      if (attrs['pad'] !== 'same') return stock(call);
      const { strides, dilations, dimRoundingMode } = attrs as unknown as tf.Conv2DAttrs;
      const info = tf.backend_util.computeConv2DInfo(
        inputs['x'].shape as Shape4D,
        inputs['filter'].shape as Shape4D,
        strides,
        dilations,
        'same',
        dimRoundingMode,
        depthwise,
      );
      const skips = info.strideHeight > info.filterHeight || info.strideWidth > info.filterWidth;
      if (!skips) return stock(call);
      const { top, bottom, left, right } = info.padInfo;
      const pad = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      return stock({ ...call, attrs: { ...attrs, pad } });
    },
  };
}

export const conv2dForward = withPaddingInNumbers(tf.Conv2D, false);
export const depthwiseForward = withPaddingInNumbers(tf.DepthwiseConv2dNative, true);
