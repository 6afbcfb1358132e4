/**
 * Computes a narrow SqueezeNet's scores and input gradient on WASM and on the backend that is its argument, and
 * prints as JSON how far the two are apart, relative to the largest magnitude.
 */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { BackendName } from '../../../grader/tensorflow/index.ts';
import { normalTensor, relativeError } from '../gradient-oracles.ts';
import { narrowSqueezenet } from '../small-network.ts';

async function compute(): Promise<{ scores: Float32Array; gradient: Float32Array }> {
  const model = narrowSqueezenet();
  const image = normalTensor<tf.Rank.R4>('image', [1, 32, 32, 3]);
  const score = (x: tf.Tensor): tf.Tensor => tf.sum(tf.slice(model.logits(x as tf.Tensor4D), [0, 3], [1, 1]));
  const scores = model.logits(image);
  const gradient = tf.tidy(() => tf.grad(score)(image));
  // Not every backend can be read synchronously.
  return {
    scores: (await scores.data()) as Float32Array,
    gradient: (await gradient.data()) as Float32Array,
  };
}

await prepareBackend({ backend: 'wasm' });
const expected = await compute();
const { device } = await prepareBackend({ backend: process.argv[2] as BackendName });
const actual = await compute();
const comparison = {
  device,
  scores: relativeError({ actual: actual.scores, expected: expected.scores }),
  gradient: relativeError({ actual: actual.gradient, expected: expected.gradient }),
  steepest: Math.max(...expected.gradient.map(Math.abs)),
};
// Graphics drivers keep the event loop alive.
process.stdout.write(`\n${JSON.stringify(comparison)}\n`, () => process.exit(0));
