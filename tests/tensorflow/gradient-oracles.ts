import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import type { BackendName } from '../../grader/tensorflow/index.ts';
import { randomStream } from '../../reference/lib/random.ts';

/** One convolution or pooling to differentiate. Shapes are NHWC and `[height, width, in, out]`. */
export interface Geometry {
  readonly input: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride: [number, number];
  readonly pad: 'same' | 'valid' | [number, number, number, number];
}

/** A geometry in words, as a test's name. */
export function describeGeometry({ input, filter, stride, pad }: Geometry): string {
  const padding = typeof pad === 'string' ? pad : `pad ${pad.join(',')}`;
  return `${input.join('x')} by ${filter.join('x')}, stride ${stride.join('x')}, ${padding}`;
}

/** The padding as tfjs takes it. */
export function tfPad(
  pad: Geometry['pad'],
): 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]] {
  return typeof pad === 'string'
    ? pad
    : [
        [0, 0],
        [pad[0], pad[1]],
        [pad[2], pad[3]],
        [0, 0],
      ];
}

/** Normally distributed values of a shape, the same for the same name. */
export function normalTensor<R extends tf.Rank>(name: string, shape: tf.ShapeMap[R]): tf.Tensor<R> {
  const sides = shape as number[];
  return tf.tensor(randomStream(name).normals(tf.util.sizeFromShape(sides)), shape);
}

/** The backend under test: WASM, unless `npm run setup -- native --verify` names another. */
export const subject = (process.env['BACKEND_UNDER_TEST'] ?? 'wasm') as BackendName;
let registeredName: string = subject;

/** tfjs-node 4.22 refuses padding in numbers, and does not broadcast both sides of stacked matrix products. */
export const isTensorflowNode = subject === 'native' || subject === 'gpu';

/** The geometries that the backend under test takes. */
export function supported<G extends { readonly pad: unknown }>(geometries: readonly G[]): G[] {
  return geometries.filter(({ pad }) => !isTensorflowNode || typeof pad === 'string');
}

/** Prepares the plain backend and the one under test, which stays the current one. */
export async function prepareSubject(): Promise<void> {
  await prepareBackend({ backend: 'cpu' });
  await prepareBackend({ backend: subject });
  registeredName = tf.getBackend();
}

/** Runs on one of the two backends and comes back with the values. */
export function onBackend(name: 'subject' | 'cpu', compute: () => tf.Tensor): Float32Array {
  const before = tf.getBackend();
  tf.setBackend(name === 'subject' ? registeredName : name);
  try {
    return tf.tidy(() => compute().dataSync()) as Float32Array;
  } finally {
    tf.setBackend(before);
  }
}

/** The largest difference over the largest expected magnitude: 0 for two zero arrays, Infinity where sizes differ. */
export function relativeError(pair: { actual: ArrayLike<number>; expected: ArrayLike<number> }): number {
  const { actual, expected } = pair;
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let scale = 0;
  for (let index = 0; index < expected.length; index++) {
    const distance = Math.abs(actual[index] - expected[index]);
    if (Number.isNaN(distance)) return Infinity;
    difference = Math.max(difference, distance);
    scale = Math.max(scale, Math.abs(expected[index]));
  }
  return difference === 0 ? 0 : difference / scale;
}

/**
 * The directional derivative of a function that is linear in its argument, by a central difference with a step of
 * 1: exact but for rounding.
 */
export function linearDirectionalDerivative(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  direction: tf.Tensor,
): number {
  return tf.tidy(() => {
    const ahead = f(tf.add(x, direction)).dataSync()[0];
    const behind = f(tf.sub(x, direction)).dataSync()[0];
    return (ahead - behind) / 2;
  });
}
