import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Gives `cumsum` its gradient along any axis: TensorFlow.js transposes that of all axes but the last. */
function registerCumsumGradient(): void {
  tf.unregisterGradient(tf.Cumsum);
  tf.registerGradient({
    kernelName: tf.Cumsum,
    gradFunc: (dy, _, attrs) => {
      const { axis, exclusive, reverse } = attrs as unknown as tf.CumsumAttrs;
      return { x: () => tf.cumsum(dy as Tensor, axis, exclusive, !reverse) };
    },
  });
}

/** Gives `prod` its gradient along axes that are counted from the end, too. */
function registerProdGradient(): void {
  const gradient = tf.getGradient(tf.Prod);
  tf.unregisterGradient(tf.Prod);
  tf.registerGradient({
    ...gradient,
    gradFunc: (dy, saved, attrs) => {
      const axis = tf.util.parseAxisParam(attrs['axis'] as number[], saved[0].shape);
      return gradient.gradFunc(dy, saved, { ...attrs, axis });
    },
  });
}

export function registerGradientsAlongAxes(): void {
  registerCumsumGradient();
  registerProdGradient();
}
