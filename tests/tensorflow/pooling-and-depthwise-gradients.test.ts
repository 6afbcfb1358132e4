import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../reference/lib/random.ts';
import {
  describeGeometry,
  linearDirectionalDerivative,
  normalTensor,
  onBackend,
  prepareSubject,
  relativeError,
  subject,
  supported,
  tfPad,
} from './gradient-oracles.ts';
import type { Geometry } from './gradient-oracles.ts';

const tolerance = 1e-5;
const differenceTolerance = 1e-4;

beforeAll(async () => {
  await prepareSubject();
});

interface Pooling {
  readonly input: [number, number, number, number];
  readonly size: [number, number];
  readonly stride: [number, number];
  readonly pad: 'same' | 'valid' | number;
}

const poolings = supported<Pooling>([
  { input: [1, 13, 13, 8], size: [3, 3], stride: [2, 2], pad: 'valid' },
  { input: [2, 9, 7, 4], size: [3, 3], stride: [2, 2], pad: 'same' },
  { input: [3, 8, 8, 3], size: [2, 2], stride: [2, 2], pad: 'valid' },
  { input: [1, 7, 10, 5], size: [2, 3], stride: [1, 2], pad: 'same' },
  { input: [1, 6, 6, 16], size: [3, 3], stride: [1, 1], pad: 1 },
]);

/** Whole numbers from 0 to 3, so that most windows hold ties. */
function tiedTensor(shape: readonly number[]): tf.Tensor {
  const stream = randomStream('ties');
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => stream.integer(0, 3)),
    [...shape],
  );
}

/** The numbers 0 to length - 1 in a scrambled order. */
function shuffled(length: number): number[] {
  const keys = randomStream('order').uniforms(length);
  return [...keys.keys()].sort((a, b) => keys[a] - keys[b]);
}

function poolGradient(pooling: Pooling, x: tf.Tensor): tf.Tensor {
  const pool = (at: tf.Tensor): tf.Tensor =>
    tf.maxPool(at as tf.Tensor4D, pooling.size, pooling.stride, pooling.pad);
  return tf.grad(pool)(x, normalTensor<tf.Rank.R4>('dy', pool(x).shape as [number, number, number, number]));
}

describe('the gradient of max pooling', () => {
  it.each(poolings)('is that of the plain backend, $input pooled $size by $stride, $pad', (pooling) => {
    for (const make of [
      () => normalTensor<tf.Rank.R4>('x', pooling.input),
      () => tiedTensor(pooling.input),
    ]) {
      const compute = (): tf.Tensor => poolGradient(pooling, make());
      expect(
        relativeError({ actual: onBackend('subject', compute), expected: onBackend('cpu', compute) }),
      ).toBeLessThanOrEqual(tolerance);
    }
  });

  it('is that of finite differences', () => {
    for (const pooling of poolings) {
      tf.tidy(() => {
        const side = tf.util.sizeFromShape(pooling.input);
        // Values at least 1 apart: a step of 0.4 moves no maximum.
        const x = tf.tensor(Float32Array.from(shuffled(side)), pooling.input);
        const pool = (at: tf.Tensor): tf.Tensor4D =>
          tf.maxPool(at as tf.Tensor4D, pooling.size, pooling.stride, pooling.pad);
        const dy = normalTensor<tf.Rank.R4>('dy', pool(x).shape);
        const direction = tf.clipByValue(normalTensor<tf.Rank.R4>('direction', pooling.input), -0.4, 0.4);
        const slope = linearDirectionalDerivative((at) => tf.sum(tf.mul(dy, pool(at))), x, direction);
        const predicted = tf.sum(tf.mul(direction, tf.grad(pool)(x, dy))).dataSync()[0];
        expect(Math.abs(predicted - slope)).toBeLessThanOrEqual(3e-3 * Math.max(1, Math.abs(slope)));
      });
    }
  });

  it('goes to the first of several equal maxima, in row-major order', () => {
    const x = [5, 5, 0, 5, 1, 0, 5, 0, 0].flatMap((value) => [value, value, value, value]);
    const gradient = onBackend('subject', () =>
      tf.grad((at: tf.Tensor) => tf.maxPool(at as tf.Tensor4D, 3, 1, 'valid'))(tf.tensor4d(x, [1, 3, 3, 4])),
    );
    expect([...gradient]).toEqual([1, 1, 1, 1, ...Array<number>(32).fill(0)]);
  });

  it.runIf(subject === 'wasm').each([3, 2])(
    'passes by what is no number and goes nowhere where nothing is above -Infinity, side %i',
    (side) => {
      const last = side * side - 1;
      const x = Array.from({ length: side * side }, (_, pixel) => [
        -Infinity,
        pixel === last ? 2 : NaN,
        NaN,
        pixel === last ? 1 : -Infinity,
      ]);
      const gradient = onBackend('subject', () =>
        tf.grad((at: tf.Tensor) => tf.maxPool(at as tf.Tensor4D, side, 1, 'valid'))(
          tf.tensor4d(x.flat(), [1, side, side, 4]),
        ),
      );
      expect([...gradient]).toEqual([...Array<number>(4 * last).fill(0), 0, 1, 0, 1]);
    },
  );
});

const depthwise: Geometry[] = [
  { input: [1, 7, 7, 4], filter: [3, 3, 4, 1], stride: [1, 1], pad: 'same' },
  { input: [2, 9, 6, 3], filter: [3, 2, 3, 2], stride: [1, 1], pad: 'valid' },
  { input: [2, 9, 9, 5], filter: [3, 3, 5, 1], stride: [2, 2], pad: 'same' },
  { input: [1, 10, 7, 2], filter: [5, 5, 2, 3], stride: [2, 2], pad: 'valid' },
];

function depthwiseGradients(geometry: Geometry): (() => tf.Tensor)[] {
  return [0, 1].map((which) => () => {
    const f = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
      tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, geometry.stride, tfPad(geometry.pad) as 'same');
    const x = normalTensor<tf.Rank.R4>('x', geometry.input);
    const w = normalTensor<tf.Rank.R4>('w', geometry.filter);
    const dy = normalTensor<tf.Rank.R4>('dy', f(x, w).shape as [number, number, number, number]);
    return tf.grads(f)([x, w], dy)[which];
  });
}

describe('the gradients of a depthwise convolution', () => {
  it.each(depthwise.map((geometry) => [describeGeometry(geometry), geometry] as const))(
    'are those of the plain backend and of finite differences: %s',
    (_, geometry) => {
      const [inputGradient, filterGradient] = depthwiseGradients(geometry).map((compute) => {
        const actual = onBackend('subject', compute);
        expect(relativeError({ actual, expected: onBackend('cpu', compute) })).toBeLessThanOrEqual(tolerance);
        return actual;
      });
      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R4>('x', geometry.input);
        const w = normalTensor<tf.Rank.R4>('w', geometry.filter);
        const f = (at: tf.Tensor, weights: tf.Tensor): tf.Tensor4D =>
          tf.depthwiseConv2d(
            at as tf.Tensor4D,
            weights as tf.Tensor4D,
            geometry.stride,
            tfPad(geometry.pad) as 'same',
          );
        const dy = normalTensor<tf.Rank.R4>('dy', f(x, w).shape);
        const check = (
          gradient: Float32Array,
          at: tf.Tensor,
          vary: (value: tf.Tensor) => tf.Tensor,
        ): void => {
          const direction = normalTensor('direction', at.shape as [number, number, number, number]);
          const slope = linearDirectionalDerivative(
            (value) => tf.sum(tf.mul(dy, vary(value))),
            at,
            direction,
          );
          const predicted = tf.sum(tf.mul(direction, tf.tensor(gradient, at.shape))).dataSync()[0];
          expect(Math.abs(predicted - slope)).toBeLessThanOrEqual(
            differenceTolerance * Math.max(1, Math.abs(slope)),
          );
        };
        check(inputGradient, x, (value) => f(value, w));
        check(filterGradient, w, (value) => f(x, value));
      });
    },
  );

  it('agree with the plain backend on any shape', () => {
    const small = fc.integer({ min: 1, max: 3 });
    const arbitrary = fc
      .record({
        batch: small,
        height: fc.integer({ min: 3, max: 8 }),
        width: fc.integer({ min: 3, max: 8 }),
        depth: small,
        multiplier: small,
        side: small,
        stride: small,
        same: fc.boolean(),
      })
      .map((shape): Geometry => ({
        input: [shape.batch, shape.height, shape.width, shape.depth],
        filter: [shape.side, shape.side, shape.depth, shape.multiplier],
        stride: [shape.stride, shape.stride],
        pad: shape.same ? 'same' : 'valid',
      }));
    fc.assert(
      fc.property(arbitrary, (geometry) => {
        for (const compute of depthwiseGradients(geometry)) {
          expect(
            relativeError({ actual: onBackend('subject', compute), expected: onBackend('cpu', compute) }),
          ).toBeLessThanOrEqual(tolerance);
        }
      }),
      { numRuns: 40, seed: 21 },
    );
  });
});

describe('the gradient of ReLU', () => {
  it('passes where the input is positive, for any length, and is NaN where the input is', () => {
    const x = [-1, 0, 2, NaN, 3, -Infinity, Infinity];
    const gradient = onBackend('subject', () =>
      tf.grad(tf.relu)(tf.tensor1d(x), tf.tensor1d([1, 2, 3, 4, 5, 6, 7])),
    );
    expect([...gradient]).toEqual([0, 0, 3, NaN, 5, 0, 7]);
  });

  it('can be differentiated again', () => {
    const cubedSlope = tf.grad((x: tf.Tensor) => tf.sum(tf.pow(tf.relu(x), 3)));
    const second = onBackend('subject', () =>
      tf.grad((x: tf.Tensor) => tf.sum(cubedSlope(x)))(tf.tensor1d([-1, 2, 3])),
    );
    expect(relativeError({ actual: second, expected: [0, 12, 18] })).toBeLessThanOrEqual(tolerance);
  });
});
