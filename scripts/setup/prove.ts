/**
 * Computes a small network's convolution, pooling and normalized input gradient on WASM and on an optional backend,
 * and prints as JSON what was loaded and how far the two are apart. Arguments: backend, folder of the backends.
 */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import type { OptionalBackendName } from '../../grader/tensorflow/index.ts';
import { randomStream } from '../../reference/lib/random.ts';

interface Results {
  readonly forward: Float32Array;
  readonly gradient: Float32Array;
}

function compute(): Results {
  const stream = randomStream('prove');
  const image = tf.tensor4d(stream.normals(16 * 16 * 3), [1, 16, 16, 3]);
  const first = tf.tensor4d(stream.normals(3 * 3 * 3 * 8), [3, 3, 3, 8]);
  const second = tf.tensor4d(stream.normals(3 * 3 * 8 * 4), [3, 3, 8, 4]);
  const network = (x: tf.Tensor): tf.Tensor => {
    const strided = tf.relu(tf.conv2d(x as tf.Tensor4D, first, 2, 'valid'));
    return tf.conv2d(tf.maxPool(strided, 3, 2, 'same'), second, 1, 'same');
  };
  const forward = tf.tidy(() => network(image));
  const gradient = tf.tidy(() => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.square(network(x))))(image);
    // Libtensorflow compiles roots on a card at first use, and needs a library of CUDA's for it.
    return slope.div(slope.square().sum().sqrt());
  });
  // As submissions read.
  return { forward: forward.dataSync() as Float32Array, gradient: gradient.dataSync() as Float32Array };
}

/** The largest difference over the largest expected magnitude. */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  const difference = Math.max(...actual.map((value, index) => Math.abs(value - expected[index])));
  return difference / Math.max(...expected.map(Math.abs));
}

const [backend, backendsDirectory] = process.argv.slice(2);
await prepareBackend({ backend: 'wasm' });
const expected = compute();
const report = await prepareBackend({
  backend: backend as OptionalBackendName,
  backendsDirectory,
  withoutDevice: true,
});
const actual = compute();
const proof = {
  report,
  forwardError: relativeError(actual.forward, expected.forward),
  gradientError: relativeError(actual.gradient, expected.gradient),
};
// Graphics drivers keep the event loop alive.
process.stdout.write(`\n${JSON.stringify(proof)}\n`, () => process.exit(0));
