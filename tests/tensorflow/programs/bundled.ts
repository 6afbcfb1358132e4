/** Prints, as JSON, what TensorFlow.js offers and a gradient, from a bundle that lies in a folder with the assets. */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';

const [directory, threads] = process.argv.slice(2);
const report = await prepareBackend({ backend: 'wasm', wasmDirectory: directory, threads: Number(threads) });
const x = tf.tensor4d(
  Array.from({ length: 48 }, (_, index) => index),
  [1, 4, 4, 3],
);
const filter = tf.ones([3, 3, 3, 4]) as tf.Tensor4D;
const gradient = tf.grad((at: tf.Tensor) => tf.sum(tf.relu(tf.conv2d(at as tf.Tensor4D, filter, 2, 'same'))))(
  x,
);
process.stdout.write(
  JSON.stringify({ report, exports: Object.keys(tf).sort(), gradient: [...gradient.dataSync()] }),
);
