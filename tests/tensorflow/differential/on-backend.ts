import * as tf from '@tensorflow/tfjs';

/** Computes on one of the two backends and comes back with what was read; every tensor made on the way is released. */
export function onBackend<T>(name: 'subject' | 'cpu', compute: () => T): T {
  const before = tf.getBackend();
  tf.setBackend(name === 'subject' ? 'wasm' : 'cpu');
  let result: T;
  try {
    tf.tidy(() => {
      result = compute();
    });
    return result!;
  } finally {
    tf.setBackend(before);
  }
}
