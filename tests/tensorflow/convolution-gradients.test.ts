import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  describeGeometry,
  isTensorflowNode,
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
/** Central differences of a float32 sum of a few hundred products. */
const differenceTolerance = 1e-4;

const geometries = supported<Geometry>([
  { input: [1, 7, 7, 3], filter: [3, 3, 3, 5], stride: [1, 1], pad: 'same' },
  { input: [1, 7, 7, 3], filter: [3, 3, 3, 5], stride: [1, 1], pad: 'valid' },
  { input: [3, 8, 6, 4], filter: [3, 3, 4, 8], stride: [1, 1], pad: 'same' },
  { input: [2, 5, 9, 16], filter: [1, 1, 16, 8], stride: [1, 1], pad: 'valid' },
  { input: [1, 15, 15, 3], filter: [3, 3, 3, 8], stride: [2, 2], pad: 'valid' },
  { input: [1, 16, 16, 3], filter: [3, 3, 3, 8], stride: [2, 2], pad: 'valid' },
  { input: [2, 9, 12, 5], filter: [3, 3, 5, 4], stride: [2, 2], pad: 'same' },
  { input: [1, 11, 10, 2], filter: [5, 3, 2, 4], stride: [3, 2], pad: 'same' },
  { input: [1, 6, 6, 4], filter: [1, 1, 4, 4], stride: [2, 2], pad: 'same' },
  { input: [1, 9, 8, 1], filter: [2, 4, 1, 1], stride: [1, 3], pad: 'valid' },
  { input: [1, 6, 7, 2], filter: [3, 3, 2, 3], stride: [1, 1], pad: [0, 2, 1, 0] },
  { input: [1, 9, 7, 2], filter: [3, 3, 2, 3], stride: [2, 2], pad: [2, 1, 0, 2] },
  { input: [1, 5, 5, 2], filter: [2, 2, 2, 3], stride: [1, 1], pad: [3, 2, 0, 3] },
  { input: [2, 4, 4, 3], filter: [4, 4, 3, 2], stride: [1, 1], pad: 'valid' },
  { input: [1, 3, 3, 2], filter: [5, 5, 2, 2], stride: [2, 2], pad: 'same' },
]);

function convolve(x: tf.Tensor, filter: tf.Tensor, { stride, pad }: Geometry): tf.Tensor4D {
  return tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, tfPad(pad));
}

/** The gradients of `sum(dy * conv(x, filter))`. */
function gradients(geometry: Geometry): { input: () => tf.Tensor; filter: () => tf.Tensor } {
  const tensors = (): tf.Tensor[] => {
    const x = normalTensor<tf.Rank.R4>('x', geometry.input);
    const filter = normalTensor<tf.Rank.R4>('filter', geometry.filter);
    return [x, filter, normalTensor<tf.Rank.R4>('dy', convolve(x, filter, geometry).shape)];
  };
  const grads = (): tf.Tensor[] => {
    const [x, filter, dy] = tensors();
    return tf.grads((a: tf.Tensor, b: tf.Tensor) => convolve(a, b, geometry))([x, filter], dy);
  };
  return { input: () => grads()[0], filter: () => grads()[1] };
}

let stockInputGradient: tf.KernelFunc;

beforeAll(async () => {
  stockInputGradient = tf.getKernel(tf.Conv2DBackpropInput, 'wasm').kernelFunc;
  await prepareSubject();
});

describe('the gradient of a convolution', () => {
  it.each(geometries.map((geometry) => [describeGeometry(geometry), geometry] as const))(
    'with respect to the input is that of the plain backend and of finite differences: %s',
    (_, geometry) => {
      const { input } = gradients(geometry);
      const actual = onBackend('subject', input);
      expect(relativeError({ actual, expected: onBackend('cpu', input) })).toBeLessThanOrEqual(tolerance);

      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R4>('x', geometry.input);
        const filter = normalTensor<tf.Rank.R4>('filter', geometry.filter);
        const dy = normalTensor<tf.Rank.R4>('dy', convolve(x, filter, geometry).shape);
        const direction = normalTensor<tf.Rank.R4>('direction', geometry.input);
        const slope = linearDirectionalDerivative(
          (at) => tf.sum(tf.mul(dy, convolve(at, filter, geometry))),
          x,
          direction,
        );
        const predicted = tf.sum(tf.mul(direction, tf.tensor(actual, geometry.input))).dataSync()[0];
        expect(Math.abs(predicted - slope)).toBeLessThanOrEqual(
          differenceTolerance * Math.max(1, Math.abs(slope)),
        );
      });
    },
  );

  it.each(geometries.map((geometry) => [describeGeometry(geometry), geometry] as const))(
    'with respect to the filter is that of the plain backend and of finite differences: %s',
    (_, geometry) => {
      const { filter } = gradients(geometry);
      const actual = onBackend('subject', filter);
      expect(relativeError({ actual, expected: onBackend('cpu', filter) })).toBeLessThanOrEqual(tolerance);

      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R4>('x', geometry.input);
        const weights = normalTensor<tf.Rank.R4>('filter', geometry.filter);
        const dy = normalTensor<tf.Rank.R4>('dy', convolve(x, weights, geometry).shape);
        const direction = normalTensor<tf.Rank.R4>('direction', geometry.filter);
        const slope = linearDirectionalDerivative(
          (at) => tf.sum(tf.mul(dy, convolve(x, at, geometry))),
          weights,
          direction,
        );
        const predicted = tf.sum(tf.mul(direction, tf.tensor(actual, geometry.filter))).dataSync()[0];
        expect(Math.abs(predicted - slope)).toBeLessThanOrEqual(
          differenceTolerance * Math.max(1, Math.abs(slope)),
        );
      });
    },
  );

  it
    .runIf(subject === 'wasm')
    .each(geometries.map((geometry) => [describeGeometry(geometry), geometry] as const))(
    'with respect to the input equals the stock kernel bit for bit: %s',
    (_, geometry) => {
      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R4>('x', geometry.input);
        const filter = normalTensor<tf.Rank.R4>('filter', geometry.filter);
        const dy = normalTensor<tf.Rank.R4>('dy', convolve(x, filter, geometry).shape);
        const attrs = {
          strides: geometry.stride,
          pad: tfPad(geometry.pad),
          dataFormat: 'NHWC',
          inputShape: geometry.input,
        } as unknown as tf.NamedAttrMap;
        const backend = tf.backend();
        const compute = (kernel: tf.KernelFunc): ArrayLike<number> => {
          const { dataId } = kernel({ inputs: { dy, filter }, attrs, backend }) as tf.TensorInfo;
          const values = backend.readSync(dataId) as Float32Array;
          backend.disposeData(dataId);
          return values;
        };
        const ours = compute(tf.getKernel(tf.Conv2DBackpropInput, 'wasm').kernelFunc);
        expect(ours).toEqual(compute(stockInputGradient));
      });
    },
  );

  it('agrees with the plain backend on any shape, stride and padding', () => {
    const side = fc.integer({ min: 1, max: 4 });
    const margin = fc.integer({ min: 0, max: 3 });
    const named = fc.constantFrom('same' as const, 'valid' as const);
    const arbitrary = fc
      .record({
        batch: fc.integer({ min: 1, max: 3 }),
        height: fc.integer({ min: 4, max: 9 }),
        width: fc.integer({ min: 4, max: 9 }),
        filterHeight: side,
        filterWidth: side,
        inChannels: fc.integer({ min: 1, max: 9 }),
        outChannels: fc.integer({ min: 1, max: 9 }),
        stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        pad: isTensorflowNode ? named : fc.oneof(named, fc.tuple(margin, margin, margin, margin)),
      })
      .map((sides): Geometry => ({
        input: [sides.batch, sides.height, sides.width, sides.inChannels],
        filter: [sides.filterHeight, sides.filterWidth, sides.inChannels, sides.outChannels],
        stride: sides.stride,
        pad: sides.pad,
      }));
    fc.assert(
      fc.property(arbitrary, (geometry) => {
        const { input, filter } = gradients(geometry);
        for (const compute of [input, filter]) {
          const actual = onBackend('subject', compute);
          expect(relativeError({ actual, expected: onBackend('cpu', compute) })).toBeLessThanOrEqual(
            tolerance,
          );
        }
      }),
      { numRuns: 60, seed: 20 },
    );
  });
});
