import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Sums a gradient over the axes along which the input was broadcast. */
function sumToShape(gradient: Tensor, shape: number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}

/** Operations that broadcast, and the gradients for which TensorFlow.js forgot it. */
const forgetful: Readonly<Record<string, readonly string[]>> = {
  [tf.Maximum]: ['a', 'b'],
  [tf.Minimum]: ['a', 'b'],
  [tf.SquaredDifference]: ['a', 'b'],
  [tf.BatchMatMul]: ['a', 'b'],
  [tf.Prelu]: ['x'],
};

/** Lets the gradients of operations that broadcast have their inputs' shapes; TensorFlow.js refuses them otherwise. */
export function registerBroadcastGradients(): void {
  for (const [kernelName, names] of Object.entries(forgetful)) {
    const gradient = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...gradient,
      gradFunc: (dy, saved, attrs) => {
        const gradients = gradient.gradFunc(dy, saved, attrs);
        for (const name of names) {
          const compute = gradients[name];
          const { shape } = saved[gradient.inputsToSave!.indexOf(name)];
          gradients[name] = () => sumToShape(compute(), shape);
        }
        return gradients;
      },
    });
  }
}
