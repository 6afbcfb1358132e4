import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';

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
      const x = backend.floats(input);
      const dyValues = backend.floats(dy);
      const dxValues = backend.floats(dx).fill(0);
      const depth = info.inChannels;
      for (let n = 0; n < info.batchSize; n++) {
        for (let oy = 0; oy < info.outHeight; oy++) {
          const top = oy * info.strideHeight - info.padInfo.top;
          const y0 = Math.max(0, top);
          const y1 = Math.min(info.inHeight, top + info.filterHeight);
          for (let ox = 0; ox < info.outWidth; ox++) {
            const left = ox * info.strideWidth - info.padInfo.left;
            const x0 = Math.max(0, left);
            const x1 = Math.min(info.inWidth, left + info.filterWidth);
            const out = ((n * info.outHeight + oy) * info.outWidth + ox) * depth;
            for (let c = 0; c < depth; c++) {
              let largest = -Infinity;
              let place = -1;
              for (let y = y0; y < y1; y++) {
                const row = (n * info.inHeight + y) * info.inWidth;
                for (let at = (row + x0) * depth + c; at < (row + x1) * depth; at += depth) {
                  const value = x[at];
                  if (value > largest) {
                    largest = value;
                    place = at;
                  }
                }
              }
              if (place >= 0) dxValues[place] += dyValues[out + c];
            }
          }
        }
      }
      return dx;
    },
};
