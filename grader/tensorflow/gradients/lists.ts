import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Lets `split` and `unstack` into a single tensor be differentiated: their gradients expect a list always. */
export function registerListGradients(): void {
  for (const kernelName of [tf.SplitV, tf.Unpack]) {
    const gradient = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...gradient,
      gradFunc: (dy, saved, attrs) => gradient.gradFunc([dy].flat() as Tensor[], saved, attrs),
    });
  }
}
