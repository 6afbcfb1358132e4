import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap } from '@tensorflow/tfjs';
import { randomStream } from '../../../reference/lib/random.ts';
import { initialWeights } from '../../../models/training/initial-weights.ts';

/** Seeded weights of a narrow SqueezeNet with lively activations. */
export function randomWeights(version: '1.0' | '1.1', { width = 1 / 8, classes = 4, seed = 'weights' } = {}) {
  return initialWeights({ version, width, classes, random: randomStream(seed), scoreBias: 0.1 });
}

/** The same as tensors of the current backend. */
export function weightTensors(stored: ReturnType<typeof randomWeights>): NamedTensorMap {
  return Object.fromEntries(
    Object.entries(stored).map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]),
  );
}
