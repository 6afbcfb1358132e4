import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';

const name = 'ReluGrad';
const bytes = Float32Array.BYTES_PER_ELEMENT;

/** `dy * step(x)` in one pass over the data instead of three. */
export const reluGrad: KernelDefinition = {
  name,
  make:
    () =>
    ({ inputs: { dy, x }, backend }) => {
      const dx = backend.makeOutput(x.shape, 'float32');
      const at = (tensor: { dataId: object }): number => backend.getMemoryOffset(tensor.dataId);
      const size = tf.util.sizeFromShape(x.shape);
      backend.threads.runShared(size, bytes, ({ first, count }) => ({
        loop: 'reluGradient',
        parameters: [...[dy, x, dx].map((tensor) => at(tensor) + first * bytes), count * bytes],
      }));
      return dx;
    },
};

function reluGradient(dy: Tensor, x: Tensor): Tensor {
  if (tf.getKernel(name, tf.getBackend()) === undefined || dy.dtype !== 'float32' || x.dtype !== 'float32') {
    return tf.mul(dy, tf.cast(tf.step(x), 'float32'));
  }
  return tf.engine().runKernel(name, { dy, x }) as Tensor;
}

/** Lets the gradient of `relu` use {@link reluGrad} where the backend has it, also when differentiated again. */
export function registerReluGradient(): void {
  tf.unregisterGradient(tf.Relu);
  tf.registerGradient({
    kernelName: tf.Relu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => reluGradient(dy as Tensor, x) }),
  });
  tf.registerGradient({
    kernelName: name,
    inputsToSave: ['dy', 'x'],
    gradFunc: (ddx, [dy, x]) => ({
      dy: () => reluGradient(ddx as Tensor, x),
      x: () => tf.zerosLike(dy),
    }),
  });
}
