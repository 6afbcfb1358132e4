import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Repeats the gradient of a sum along the axes that were summed over. */
function spread(dy: Tensor, shape: number[], axes: readonly number[]): Tensor {
  const kept = shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
  return tf.mul(tf.reshape(dy, kept), tf.fill(shape, 1));
}

/**
 * Has a backend make the ones that the gradients of `sum` and `mean` multiply by, and divides before it repeats:
 * TensorFlow.js makes them in JavaScript, as large as the tensor that was summed up, and copies them.
 */
export function registerSumGradients(): void {
  for (const kernelName of [tf.Sum, tf.Mean]) {
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc: (dy, [{ shape }], attrs) => {
        const axes = tf.util.parseAxisParam(attrs['axis'] as number[], shape);
        const terms = axes.reduce((product, axis) => product * shape[axis], 1);
        const share = (): Tensor => (kernelName === tf.Mean ? tf.div(dy as Tensor, terms) : (dy as Tensor));
        return { x: () => spread(share(), shape, axes) };
      },
    });
  }
}
