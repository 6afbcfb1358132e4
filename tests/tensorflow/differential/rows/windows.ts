import * as tf from '@tensorflow/tfjs';
import type { Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { normal, seeds, special, whole } from '../arbitraries.ts';
import type { Case, Domain, Row } from '../case.ts';

type Pair = [number, number];

interface Geometry {
  readonly batch: number;
  readonly size: Pair;
  readonly window: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly depth: number;
  readonly outputs: number;
  readonly pad: 'same' | 'valid' | [Pair, Pair];
  readonly seed: number;
}

const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const named = fc.constantFrom('same' as const, 'valid' as const);

const geometries = (options: { explicit: boolean; dilated: boolean }): fc.Arbitrary<Geometry> =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      size: pair(3, 8),
      window: pair(1, 4),
      stride: pair(1, 3),
      dilation: options.dilated ? pair(1, 2) : fc.constant<Pair>([1, 1]),
      depth: fc.constantFrom(1, 2, 3, 4, 8),
      outputs: fc.integer({ min: 1, max: 5 }),
      pad: options.explicit ? fc.oneof(named, fc.tuple(pair(0, 2), pair(0, 2))) : named,
      seed: seeds,
    })
    // TensorFlow.js takes a stride or a dilation, and a window no larger than the picture.
    .map((geometry) => ({
      ...geometry,
      stride: geometry.dilation.some((step) => step > 1) ? ([1, 1] as Pair) : geometry.stride,
      size: geometry.size.map((side, axis) =>
        Math.max(side, (geometry.window[axis] - 1) * geometry.dilation[axis] + 1),
      ) as Pair,
    }));

const explicit = (pad: Geometry['pad']): 'same' =>
  (typeof pad === 'string' ? pad : [[0, 0], ...pad, [0, 0]]) as 'same';

function picture({ batch, size, depth, seed }: Geometry, domain: Domain = normal): Case['tensors'][number] {
  return { shape: [batch, ...size, depth], dtype: 'float32', domain, seed };
}

function filter(shape: number[], seed: number): Case['tensors'][number] {
  return { shape, dtype: 'float32', domain: normal, seed: seed + 1 };
}

const convolutions: Row[] = [
  {
    operation: 'conv2d',
    kernels: ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
    gradient: true,
    cases: geometries({ explicit: true, dilated: false }).map((geometry) => ({
      tensors: [
        picture(geometry),
        filter([...geometry.window, geometry.depth, geometry.outputs], geometry.seed),
      ],
      compute: (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, geometry.stride, explicit(geometry.pad)),
    })),
  },
  {
    operation: 'conv2d, dilated',
    kernels: ['Conv2D'],
    gradient: false,
    cases: geometries({ explicit: true, dilated: true })
      .filter(({ dilation }) => dilation.some((step) => step > 1))
      .map((geometry) => ({
        tensors: [
          picture(geometry),
          filter([...geometry.window, geometry.depth, geometry.outputs], geometry.seed),
        ],
        compute: (x, w) =>
          tf.conv2d(x as Tensor4D, w as Tensor4D, 1, explicit(geometry.pad), 'NHWC', geometry.dilation),
      })),
  },
  {
    operation: 'conv2dTranspose',
    kernels: ['Conv2DBackpropInput', 'Conv2D', 'Conv2DBackpropFilter'],
    gradient: true,
    cases: geometries({ explicit: false, dilated: false }).map((geometry) => {
      const { batch, size, window, stride, depth, outputs, pad, seed } = geometry;
      const info = tf.backend_util.computeConv2DInfo(
        [batch, ...size, depth],
        [...window, depth, outputs],
        stride,
        1,
        pad as 'same',
      );
      return {
        tensors: [{ ...picture(geometry), shape: info.outShape }, filter([...window, depth, outputs], seed)],
        compute: (x, w) =>
          tf.conv2dTranspose(x as Tensor4D, w as Tensor4D, [batch, ...size, depth], stride, pad as 'same'),
      };
    }),
  },
  {
    operation: 'depthwiseConv2d',
    kernels: [
      'DepthwiseConv2dNative',
      'DepthwiseConv2dNativeBackpropInput',
      'DepthwiseConv2dNativeBackpropFilter',
    ],
    gradient: true,
    cases: geometries({ explicit: false, dilated: false })
      .filter(({ stride: [high, wide] }) => high === wide)
      .map((geometry) => ({
        tensors: [
          picture(geometry),
          filter([...geometry.window, geometry.depth, geometry.outputs], geometry.seed),
        ],
        compute: (x, w) =>
          tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, geometry.stride, geometry.pad as 'same'),
      })),
  },
  {
    operation: 'separableConv2d',
    kernels: ['DepthwiseConv2dNative', 'Conv2D'],
    gradient: true,
    cases: geometries({ explicit: false, dilated: false })
      .filter(({ stride: [high, wide] }) => high === wide)
      .map((geometry) => ({
        tensors: [
          picture(geometry),
          filter([...geometry.window, geometry.depth, 2], geometry.seed),
          filter([1, 1, 2 * geometry.depth, geometry.outputs], geometry.seed + 1),
        ],
        compute: (x, w, points) =>
          tf.separableConv2d(
            x as Tensor4D,
            w as Tensor4D,
            points as Tensor4D,
            geometry.stride,
            geometry.pad as 'same',
          ),
      })),
  },
];

const activations = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu');

function fusedWith(
  row: Pick<Row, 'operation' | 'kernels'>,
  convolve: typeof tf.fused.conv2d,
  depthOf: (geometry: Geometry) => number,
): Row {
  return {
    ...row,
    gradient: true,
    cases: fc
      .tuple(
        geometries({ explicit: true, dilated: false }),
        activations,
        fc.constantFrom('none', 'channels', 'number'),
      )
      .filter(
        ([
          {
            stride: [high, wide],
          },
        ]) => high === wide,
      )
      .map(([geometry, activation, biased]) => ({
        tensors: [
          picture(geometry),
          filter([...geometry.window, geometry.depth, geometry.outputs], geometry.seed),
          ...(biased === 'none'
            ? []
            : [filter([biased === 'number' ? 1 : depthOf(geometry)], geometry.seed + 1)]),
          ...(activation === 'prelu' ? [filter([depthOf(geometry)], geometry.seed + 2)] : []),
        ],
        compute: (x, w, ...others) =>
          convolve({
            x: x as Tensor4D,
            filter: w as Tensor4D,
            strides: geometry.stride,
            pad: explicit(geometry.pad),
            ...(biased === 'none' ? {} : { bias: others[0] }),
            activation: activation as 'relu',
            ...(activation === 'prelu' ? { preluActivationWeights: others.at(-1)! } : {}),
            leakyreluAlpha: 0.3,
          }),
      })),
  };
}

const fused: Row[] = [
  fusedWith(
    { operation: 'fused.conv2d', kernels: ['FusedConv2D'] },
    tf.fused.conv2d,
    ({ outputs }) => outputs,
  ),
  fusedWith(
    { operation: 'fused.depthwiseConv2d', kernels: ['FusedDepthwiseConv2D'] },
    tf.fused.depthwiseConv2d as unknown as typeof tf.fused.conv2d,
    ({ depth, outputs }) => depth * outputs,
  ),
];

const pools: Row[] = [
  {
    operation: 'maxPool',
    kernels: ['MaxPool', 'MaxPoolGrad'],
    gradient: true,
    cases: fc
      .tuple(geometries({ explicit: true, dilated: false }), fc.constantFrom(normal, whole(-2, 2), special))
      .map(([geometry, domain]) => ({
        tensors: [picture(geometry, domain)],
        compute: (x) => tf.maxPool(x as Tensor4D, geometry.window, geometry.stride, explicit(geometry.pad)),
      })),
  },
  {
    operation: 'avgPool',
    kernels: ['AvgPool', 'AvgPoolGrad'],
    gradient: true,
    cases: geometries({ explicit: true, dilated: false }).map((geometry) => ({
      tensors: [picture(geometry)],
      compute: (x) => tf.avgPool(x as Tensor4D, geometry.window, geometry.stride, explicit(geometry.pad)),
    })),
  },
  {
    operation: 'pool, dilated',
    kernels: ['MaxPool', 'AvgPool'],
    gradient: true,
    cases: fc
      .tuple(geometries({ explicit: false, dilated: true }), fc.constantFrom('max' as const, 'avg' as const))
      .map(([geometry, kind]) => ({
        tensors: [picture(geometry)],
        compute: (x) =>
          tf.pool(x as Tensor4D, geometry.window, kind, geometry.pad as 'same', geometry.dilation, 1),
      })),
  },
  {
    operation: 'maxPoolWithArgmax',
    kernels: ['MaxPoolWithArgmax'],
    gradient: false,
    cases: fc
      .tuple(geometries({ explicit: false, dilated: false }), fc.boolean())
      .map(([geometry, batched]) => ({
        tensors: [picture(geometry)],
        compute: (x) => {
          const { result, indexes } = tf.maxPoolWithArgmax(
            x as Tensor4D,
            geometry.window,
            geometry.stride,
            geometry.pad as 'same',
            batched,
          );
          return [result, indexes];
        },
      })),
  },
  {
    operation: 'dilation2d',
    kernels: ['Dilation2D', 'Dilation2DBackpropInput', 'Dilation2DBackpropFilter'],
    gradient: true,
    cases: geometries({ explicit: false, dilated: true }).map((geometry) => ({
      tensors: [picture(geometry), filter([...geometry.window, geometry.depth], geometry.seed)],
      compute: (x, w) =>
        tf.dilation2d(
          x as Tensor4D,
          w as tf.Tensor3D,
          geometry.stride,
          geometry.pad as 'same',
          geometry.dilation,
        ),
    })),
  },
  {
    operation: 'localResponseNormalization',
    kernels: ['LRN', 'LRNGrad'],
    gradient: true,
    cases: fc
      .tuple(
        geometries({ explicit: false, dilated: false }),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom(0.5, 0.75, 1),
      )
      .map(([geometry, radius, beta]) => ({
        tensors: [picture(geometry)],
        compute: (x) => tf.localResponseNormalization(x as Tensor4D, radius, 1.5, 0.3, beta),
      })),
  },
  {
    operation: 'batchNorm',
    kernels: ['FusedBatchNorm'],
    gradient: true,
    cases: geometries({ explicit: false, dilated: false }).map((geometry) => ({
      tensors: [
        picture(geometry),
        filter([geometry.depth], geometry.seed),
        {
          shape: [geometry.depth],
          dtype: 'float32',
          domain: { kind: 'between', min: 0.2, max: 2 },
          seed: geometry.seed,
        },
        filter([geometry.depth], geometry.seed + 2),
        filter([geometry.depth], geometry.seed + 3),
      ],
      compute: (x, mean, variance, offset, scale) =>
        tf.batchNorm(
          x as Tensor4D,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
        ),
    })),
  },
];

const volumes = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  size: fc.tuple(
    fc.integer({ min: 2, max: 4 }),
    fc.integer({ min: 2, max: 4 }),
    fc.integer({ min: 2, max: 4 }),
  ),
  window: fc.integer({ min: 1, max: 2 }),
  stride: fc.integer({ min: 1, max: 2 }),
  depth: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  pad: named,
  seed: seeds,
});

const inVolumes: Row[] = [
  {
    operation: 'conv3d',
    kernels: ['Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'],
    gradient: true,
    cases: volumes.map(({ batch, size, window, stride, depth, outputs, pad, seed }) => ({
      tensors: [
        filter([batch, ...size, depth], seed),
        filter([window, window, window, depth, outputs], seed + 1),
      ],
      compute: (x, w) => tf.conv3d(x as Tensor5D, w as Tensor5D, stride, pad),
    })),
  },
  {
    operation: 'maxPool3d',
    kernels: ['MaxPool3D', 'MaxPool3DGrad'],
    gradient: true,
    cases: volumes.map(({ batch, size, window, stride, depth, pad, seed }) => ({
      tensors: [filter([batch, ...size, depth], seed)],
      compute: (x) => tf.maxPool3d(x as Tensor5D, window, stride, pad),
    })),
  },
  {
    operation: 'avgPool3d',
    kernels: ['AvgPool3D', 'AvgPool3DGrad'],
    gradient: true,
    cases: volumes.map(({ batch, size, window, stride, depth, pad, seed }) => ({
      tensors: [filter([batch, ...size, depth], seed)],
      compute: (x) => tf.avgPool3d(x as Tensor5D, window, stride, pad),
    })),
  },
];

export const windows: readonly Row[] = [...convolutions, ...fused, ...pools, ...inVolumes];
