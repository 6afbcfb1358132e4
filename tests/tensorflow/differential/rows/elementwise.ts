import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  anyType,
  between,
  broadcastShapes,
  normal,
  number,
  shapes,
  special,
  tensors,
  whole,
} from '../arbitraries.ts';
import type { Domain, Drawn, Row } from '../case.ts';

type Unary = (x: Tensor) => Tensor;

interface UnaryRow {
  readonly kernel: string;
  /** The kernel that only its gradient runs. */
  readonly gradientKernel?: string;
  readonly operation?: string;
  readonly compute: Unary;
  readonly domains?: readonly Domain[];
  readonly dtypes?: fc.Arbitrary<Drawn['dtype']>;
  readonly gradient?: boolean;
}

const wide = [normal, { kind: 'normal', scale: 5 } as Domain, whole(-3, 3), special];

function unary(row: UnaryRow): Row {
  const {
    kernel,
    gradientKernel,
    operation,
    compute,
    domains = wide,
    dtypes = anyType,
    gradient = true,
  } = row;
  return {
    operation: operation ?? kernel[0].toLowerCase() + kernel.slice(1),
    kernels: gradientKernel === undefined ? [kernel] : [kernel, gradientKernel],
    gradient,
    measure: 'each',
    cases: shapes()
      .chain((shape) => tensors(shape, dtypes, fc.constantFrom(...domains)))
      .map((x) => ({ tensors: [x], compute })),
  };
}

const unit = [between(-1, 1), whole(-1, 1), special];
const positive = [between(0, 4), whole(0, 9), special];

const unaryRows: Row[] = [
  { kernel: 'Abs', compute: tf.abs },
  { kernel: 'Acos', compute: tf.acos, domains: unit },
  { kernel: 'Acosh', compute: tf.acosh, domains: [between(1, 9), special] },
  { kernel: 'Asin', compute: tf.asin, domains: unit },
  { kernel: 'Asinh', compute: tf.asinh },
  { kernel: 'Atan', compute: tf.atan },
  { kernel: 'Atanh', compute: tf.atanh, domains: unit },
  { kernel: 'Ceil', compute: tf.ceil },
  { kernel: 'Cos', compute: tf.cos },
  { kernel: 'Cosh', compute: tf.cosh },
  { kernel: 'Elu', gradientKernel: 'EluGrad', compute: tf.elu },
  { kernel: 'Erf', compute: tf.erf },
  { kernel: 'Exp', compute: tf.exp },
  { kernel: 'Expm1', compute: tf.expm1 },
  { kernel: 'Floor', compute: tf.floor },
  { kernel: 'IsFinite', compute: tf.isFinite, gradient: false },
  { kernel: 'IsInf', compute: tf.isInf, gradient: false },
  { kernel: 'IsNan', operation: 'isNaN', compute: tf.isNaN, gradient: false },
  { kernel: 'Identity', operation: 'clone', compute: (x: Tensor) => tf.clone(x) },
  { kernel: 'Log', compute: tf.log, domains: positive },
  { kernel: 'Log1p', compute: tf.log1p, domains: [between(-1, 4), whole(-1, 9), special] },
  {
    kernel: 'LogicalNot',
    compute: tf.logicalNot,
    dtypes: fc.constant<Drawn['dtype']>('bool'),
    gradient: false,
  },
  { kernel: 'Neg', compute: tf.neg },
  { kernel: 'OnesLike', compute: (x: Tensor) => tf.onesLike(x) },
  { kernel: 'Reciprocal', compute: tf.reciprocal },
  { kernel: 'Relu', gradientKernel: 'ReluGrad', compute: tf.relu },
  { kernel: 'Relu6', compute: tf.relu6 },
  { kernel: 'Round', compute: tf.round },
  { kernel: 'Rsqrt', compute: tf.rsqrt, domains: positive },
  { kernel: 'Selu', compute: tf.selu },
  { kernel: 'Sigmoid', compute: tf.sigmoid },
  { kernel: 'Sign', compute: tf.sign },
  { kernel: 'Sin', compute: tf.sin },
  { kernel: 'Sinh', compute: tf.sinh },
  { kernel: 'Softplus', compute: tf.softplus },
  { kernel: 'Sqrt', compute: tf.sqrt, domains: positive },
  { kernel: 'Square', compute: tf.square },
  { kernel: 'Tan', compute: tf.tan },
  { kernel: 'Tanh', compute: tf.tanh },
  { kernel: 'ZerosLike', compute: (x: Tensor) => tf.zerosLike(x) },
].map(unary);

const alphas = fc.constantFrom(0, 0.1, 0.5, 1, 2, -0.5);

/** Operations of one tensor and a number or a type. */
const withAttribute: Row[] = [
  {
    operation: 'step',
    kernels: ['Step'],
    gradient: true,
    measure: 'each',
    cases: fc
      .tuple(
        shapes().chain((shape) => tensors(shape, anyType, fc.constantFrom(...wide))),
        alphas,
      )
      .map(([x, alpha]) => ({ tensors: [x], compute: (x) => tf.step(x, alpha) })),
  },
  {
    operation: 'leakyRelu',
    kernels: ['LeakyRelu'],
    gradient: true,
    measure: 'each',
    cases: fc
      .tuple(
        shapes().chain((shape) => tensors(shape, anyType, fc.constantFrom(...wide))),
        alphas,
      )
      .map(([x, alpha]) => ({ tensors: [x], compute: (x) => tf.leakyRelu(x, alpha) })),
  },
  {
    operation: 'clipByValue',
    kernels: ['ClipByValue'],
    gradient: true,
    measure: 'each',
    cases: fc
      .tuple(
        shapes().chain((shape) => tensors(shape, number, fc.constantFrom(...wide))),
        fc.constantFrom([-1, 1], [0, 0], [0, 2], [-2, -1], [-Infinity, 1]),
      )
      .map(([x, [min, max]]) => ({ tensors: [x], compute: (x) => tf.clipByValue(x, min, max) })),
  },
  {
    operation: 'cast',
    kernels: ['Cast'],
    gradient: true,
    measure: 'each',
    cases: fc
      .tuple(
        shapes().chain((shape) => tensors(shape, anyType, fc.constantFrom(normal, whole(-300, 300)))),
        fc.constantFrom('float32', 'int32', 'bool', 'complex64'),
      )
      .map(([x, dtype]) => ({ tensors: [x], compute: (x) => tf.cast(x, dtype as 'float32') })),
  },
];

type Binary = (a: Tensor, b: Tensor) => Tensor;

interface BinaryRow {
  readonly kernel: string;
  readonly operation?: string;
  readonly compute: Binary;
  readonly domains?: readonly (readonly [Domain, Domain])[];
  readonly dtypes?: fc.Arbitrary<Drawn['dtype']>;
  readonly gradient?: boolean;
}

const pairsOfDomains = [
  [normal, normal],
  [whole(-3, 3), whole(-3, 3)],
  [special, special],
] as const;

function binary(row: BinaryRow): Row {
  const { kernel, operation, compute, domains = pairsOfDomains, dtypes = anyType, gradient = true } = row;
  return {
    operation: operation ?? kernel[0].toLowerCase() + kernel.slice(1),
    kernels: [kernel],
    gradient,
    measure: 'each',
    cases: fc
      .tuple(broadcastShapes(2), fc.constantFrom(...domains))
      .chain(([[a, b], [left, right]]) => fc.tuple(tensors(a, dtypes, left), tensors(b, dtypes, right)))
      .map((pair) => ({ tensors: pair, compute })),
  };
}

const bool = fc.constant<Drawn['dtype']>('bool');
const powers = [
  [between(0, 3), normal],
  [normal, whole(-3, 3)],
  [whole(-3, 3), whole(0, 3)],
  [special, special],
] as const;

const binaryRows: Row[] = [
  { kernel: 'Add', compute: tf.add },
  { kernel: 'Sub', compute: tf.sub },
  { kernel: 'Multiply', operation: 'mul', compute: tf.mul },
  { kernel: 'RealDiv', operation: 'div', compute: tf.div, dtypes: fc.constant<Drawn['dtype']>('float32') },
  { kernel: 'FloorDiv', compute: tf.floorDiv, dtypes: number, gradient: false },
  { kernel: 'Maximum', compute: tf.maximum },
  { kernel: 'Minimum', compute: tf.minimum },
  { kernel: 'Mod', compute: tf.mod, dtypes: number },
  { kernel: 'Pow', compute: tf.pow, domains: powers, dtypes: number },
  { kernel: 'SquaredDifference', compute: tf.squaredDifference },
  { kernel: 'Atan2', compute: tf.atan2 },
  { kernel: 'Prelu', compute: (x: Tensor, alpha: Tensor) => tf.prelu(x, alpha), dtypes: number },
  { kernel: 'Equal', compute: tf.equal, gradient: false },
  { kernel: 'NotEqual', compute: tf.notEqual, gradient: false },
  { kernel: 'Greater', compute: tf.greater, gradient: false },
  { kernel: 'GreaterEqual', compute: tf.greaterEqual, gradient: false },
  { kernel: 'Less', compute: tf.less, gradient: false },
  { kernel: 'LessEqual', compute: tf.lessEqual, gradient: false },
  { kernel: 'LogicalAnd', compute: tf.logicalAnd, dtypes: bool, gradient: false },
  { kernel: 'LogicalOr', compute: tf.logicalOr, dtypes: bool, gradient: false },
  {
    kernel: 'BitwiseAnd',
    compute: tf.bitwiseAnd,
    dtypes: fc.constant<Drawn['dtype']>('int32'),
    gradient: false,
  },
].map(binary);

const severalTensors: Row[] = [
  {
    operation: 'addN',
    kernels: ['AddN'],
    gradient: true,
    measure: 'largest',
    cases: fc
      .tuple(shapes(), fc.integer({ min: 1, max: 5 }), number, fc.constantFrom(normal, special))
      .chain(([shape, count, dtype, domain]) =>
        fc.tuple(...Array.from({ length: count }, () => tensors(shape, dtype, domain))),
      )
      .map((list) => ({ tensors: list, compute: (...list) => tf.addN(list) })),
  },
  {
    operation: 'where',
    kernels: ['Select'],
    gradient: true,
    cases: fc
      .tuple(broadcastShapes(3), anyType)
      .chain(([[condition, a, b], dtype]) =>
        fc.tuple(tensors(condition, 'bool'), tensors(a, dtype, special), tensors(b, dtype, special)),
      )
      .map((list) => ({ tensors: list, compute: (condition, a, b) => tf.where(condition, a, b) })),
  },
];

export const elementwise: readonly Row[] = [...unaryRows, ...withAttribute, ...binaryRows, ...severalTensors];
