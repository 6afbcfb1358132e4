import * as tf from '@tensorflow/tfjs';

/** Computes on a backend that is prepared and comes back with what was read; every tensor made on the way is released. */
export function onBackend<T>(name: string, compute: () => T): T {
  const before = tf.getBackend();
  tf.setBackend(name);
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
