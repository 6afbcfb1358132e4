import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { normal, seeds, shapes, tensors } from '../arbitraries.ts';
import type { Case, Row } from '../case.ts';

const side = fc.integer({ min: 1, max: 9 });
/** Among them lengths over which products are added up in blocks. */
const inner = fc.oneof(
  { weight: 4, arbitrary: side },
  { weight: 1, arbitrary: fc.constantFrom(60, 257, 600) },
);
/** Stacks of matrices that broadcast. */
const stacks = fc.constantFrom(
  [[], []],
  [[2], [2]],
  [[3], [1]],
  [[1], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [[2], []],
  [[0], [0]],
);

const factors = fc
  .record({
    stack: stacks,
    rows: side,
    inner,
    columns: side,
    swapA: fc.boolean(),
    swapB: fc.boolean(),
    seed: seeds,
  })
  .map(({ stack, rows, inner, columns, swapA, swapB, seed }) => ({
    swapA,
    swapB,
    columns,
    seed,
    tensors: [
      {
        shape: [...stack[0], ...(swapA ? [inner, rows] : [rows, inner])],
        dtype: 'float32' as const,
        domain: normal,
        seed,
      },
      {
        shape: [...stack[1], ...(swapB ? [columns, inner] : [inner, columns])],
        dtype: 'float32' as const,
        domain: normal,
        seed: seed + 1,
      },
    ],
  }));

function vector(length: number, seed: number): Case['tensors'][number] {
  return { shape: [length], dtype: 'float32', domain: normal, seed };
}

const activations = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu');

const fused: fc.Arbitrary<Case> = fc
  .tuple(factors, activations, fc.constantFrom('none', 'row', 'number'))
  .map(([{ swapA, swapB, columns, seed, tensors }, activation, biased]) => ({
    tensors: [
      ...tensors,
      ...(biased === 'none' ? [] : [vector(biased === 'number' ? 1 : columns, seed + 2)]),
      ...(activation === 'prelu' ? [vector(columns, seed + 3)] : []),
    ],
    compute: (a, b, ...others) =>
      tf.fused.matMul({
        a,
        b,
        transposeA: swapA,
        transposeB: swapB,
        ...(biased === 'none' ? {} : { bias: others[0] }),
        activation: activation as 'relu',
        ...(activation === 'prelu' ? { preluActivationWeights: others.at(-1)! } : {}),
        leakyreluAlpha: 0.3,
      }),
  }));

const equations = fc.constantFrom(
  ['ij,jk->ik', 'ij', 'jk'],
  ['ij,kj->ik', 'ij', 'kj'],
  ['bij,bjk->bik', 'bij', 'bjk'],
  ['bhwc,bhwd->bcd', 'bhwc', 'bhwd'],
  ['ij,i->i', 'ij', 'i'],
  ['i,j->ij', 'i', 'j'],
  ['i,i->', 'i', 'i'],
  ['ijk->ki', 'ijk'],
  ['ij->', 'ij'],
);
const sizes: Readonly<Record<string, number>> = { b: 2, i: 3, j: 4, k: 5, h: 3, w: 2, c: 3, d: 4 };

export const products: readonly Row[] = [
  {
    operation: 'matMul',
    kernels: ['BatchMatMul'],
    gradient: true,
    cases: factors.map(({ tensors, swapA, swapB }) => ({
      tensors,
      compute: (a, b) => tf.matMul(a, b, swapA, swapB),
    })),
  },
  { operation: 'fused.matMul', kernels: ['_FusedMatMul'], gradient: true, cases: fused },
  {
    operation: 'einsum',
    kernels: ['Einsum'],
    gradient: true,
    cases: fc.tuple(equations, seeds).map(([[equation, ...operands], seed]) => ({
      tensors: operands.map((labels, index) => ({
        shape: [...labels].map((label) => sizes[label]),
        dtype: 'float32' as const,
        domain: normal,
        seed: seed + index,
      })),
      compute: (...operands) => tf.einsum(equation, ...operands),
    })),
  },
  {
    operation: 'fft',
    kernels: ['FFT', 'Complex', 'Real', 'Imag'],
    gradient: false,
    cases: complexCases((x) => tf.fft(x)),
  },
  { operation: 'ifft', kernels: ['IFFT'], gradient: false, cases: complexCases((x) => tf.ifft(x)) },
  {
    operation: 'abs of complex',
    kernels: ['ComplexAbs'],
    gradient: false,
    cases: complexCases((x) => tf.cast(tf.abs(x), 'complex64')),
  },
];

function complexCases(compute: (x: Tensor) => Tensor): fc.Arbitrary<Case> {
  return shapes({ min: 1, max: 3, side: 6 })
    .chain((shape) => fc.tuple(tensors(shape), tensors(shape)))
    .map((pair) => ({
      tensors: pair,
      compute: (real, imaginary) => {
        const result = compute(tf.complex(real, imaginary));
        return [tf.real(result), tf.imag(result)];
      },
    }));
}
