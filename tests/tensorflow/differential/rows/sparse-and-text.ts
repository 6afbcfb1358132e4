import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { normal, seeds, whole } from '../arbitraries.ts';
import type { Row } from '../case.ts';

const words = fc.array(fc.constantFrom('a', 'be', 'see', 'dine', '', 'à la'), { minLength: 1, maxLength: 5 });

const sparse: Row[] = [
  {
    operation: 'sparse.sparseFillEmptyRows',
    kernels: ['SparseFillEmptyRows'],
    gradient: false,
    cases: fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), seeds)
      .map(([rows, count, seed]) => ({
        tensors: [{ shape: [count], dtype: 'float32', domain: normal, seed }],
        compute: (values) => {
          const places = Array.from({ length: count }, (_, index) => [
            Math.floor((index * rows) / count),
            (seed + index) % 3,
          ]);
          return Object.values(tf.sparse.sparseFillEmptyRows(places, values as tf.Tensor1D, [rows, 3], -1));
        },
      })),
  },
  {
    operation: 'sparse.sparseReshape',
    kernels: ['SparseReshape'],
    gradient: false,
    cases: fc
      .tuple(
        fc.constantFrom<number[]>([12], [3, 4], [-1, 2], [2, 2, 3]),
        fc.integer({ min: 1, max: 4 }),
        seeds,
      )
      .map(([shape, count, seed]) => ({
        tensors: [{ shape: [count, 2], dtype: 'int32', domain: whole(0, 1), seed }],
        compute: (places) =>
          Object.values(
            tf.sparse.sparseReshape(
              places as tf.Tensor2D,
              tf.tensor1d([2, 6], 'int32'),
              tf.tensor1d(shape, 'int32'),
            ),
          ),
      })),
  },
  ...(['sparseSegmentMean', 'sparseSegmentSum'] as const).map((name): Row => ({
    operation: `sparse.${name}`,
    kernels: [name === 'sparseSegmentMean' ? 'SparseSegmentMean' : 'SparseSegmentSum'],
    gradient: false,
    cases: fc
      .tuple(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        seeds,
      )
      .map(([rows, columns, count, seed]) => ({
        tensors: [
          { shape: [rows, columns], dtype: 'float32', domain: normal, seed },
          { shape: [count], dtype: 'int32', domain: whole(0, rows - 1), seed: seed + 1 },
        ],
        compute: (data, indices) => {
          const segments = Array.from({ length: count }, (_, index) => Math.floor(index / 2));
          return tf.sparse[name](data as tf.Tensor2D, indices as tf.Tensor1D, tf.tensor1d(segments, 'int32'));
        },
      })),
  })),
];

const text: Row[] = [
  {
    operation: 'string.stringNGrams',
    kernels: ['StringNGrams'],
    gradient: false,
    cases: fc.tuple(words, fc.integer({ min: 1, max: 3 }), fc.boolean()).map(([data, width, short]) => ({
      tensors: [],
      compute: () =>
        Object.values(
          tf.string.stringNGrams(
            tf.tensor1d(data, 'string'),
            tf.tensor1d([0, 1, data.length], 'int32'),
            '|',
            [width],
            'L',
            'R',
            -1,
            short,
          ),
        ),
    })),
  },
  {
    operation: 'string.stringSplit',
    kernels: ['StringSplit'],
    gradient: false,
    cases: fc.tuple(words, fc.boolean()).map(([data, skipEmpty]) => ({
      tensors: [],
      compute: () =>
        Object.values(tf.string.stringSplit(tf.tensor1d([data.join(' '), '']), tf.scalar(' '), skipEmpty)),
    })),
  },
  {
    operation: 'string.stringToHashBucketFast',
    kernels: ['StringToHashBucketFast'],
    gradient: false,
    cases: fc.tuple(words, fc.integer({ min: 1, max: 9 })).map(([data, buckets]) => ({
      tensors: [],
      compute: () => tf.string.stringToHashBucketFast(tf.tensor1d(data, 'string'), buckets),
    })),
  },
  {
    operation: 'string.staticRegexReplace',
    kernels: ['StaticRegexReplace'],
    gradient: false,
    cases: words.map((data) => ({
      tensors: [],
      compute: () => tf.string.staticRegexReplace(tf.tensor1d(data, 'string'), 'e+', '_'),
    })),
  },
  {
    operation: 'clone, reshape and slice of text',
    kernels: ['Identity', 'Reshape', 'Slice'],
    gradient: false,
    cases: words.map((data) => ({
      tensors: [],
      compute: () => {
        const x = tf.clone(tf.tensor1d(data, 'string'));
        return [tf.reshape(x, [1, data.length]), tf.slice(x, [0], [1]), tf.concat([x, x]), tf.tile(x, [2])];
      },
    })),
  },
];

const splits = (lengths: readonly number[]): number[] =>
  lengths.reduce<number[]>((ends, length) => [...ends, ends.at(-1)! + length], [0]);
const lengths = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });

const ragged: Row[] = [
  {
    operation: 'raggedRange',
    kernels: ['RaggedRange'],
    gradient: false,
    cases: fc.tuple(fc.integer({ min: 1, max: 4 }), seeds).map(([count, seed]) => ({
      tensors: [
        { shape: [count], dtype: 'int32', domain: whole(-3, 3), seed },
        { shape: [count], dtype: 'int32', domain: whole(4, 9), seed: seed + 1 },
        { shape: [count], dtype: 'int32', domain: whole(1, 3), seed: seed + 2 },
      ],
      compute: (starts, limits, deltas) =>
        Object.values(tf.raggedRange(starts as tf.Tensor1D, limits as tf.Tensor1D, deltas as tf.Tensor1D)),
    })),
  },
  {
    operation: 'raggedGather',
    kernels: ['RaggedGather'],
    gradient: false,
    cases: fc.tuple(lengths, fc.integer({ min: 1, max: 4 }), seeds).map(([rows, count, seed]) => ({
      tensors: [
        { shape: [splits(rows).at(-1)!], dtype: 'float32', domain: normal, seed },
        { shape: [count], dtype: 'int32', domain: whole(0, rows.length - 1), seed: seed + 1 },
      ],
      compute: (values, indices) => {
        const nested = [tf.tensor1d(splits(rows), 'int32')];
        const { outputNestedSplits, outputDenseValues } = tf.raggedGather(nested, values, indices, 1);
        return [...outputNestedSplits, outputDenseValues];
      },
    })),
  },
  {
    operation: 'raggedTensorToTensor',
    kernels: ['RaggedTensorToTensor'],
    gradient: false,
    cases: fc.tuple(lengths, seeds).map(([rows, seed]) => ({
      tensors: [{ shape: [splits(rows).at(-1)!], dtype: 'float32', domain: normal, seed }],
      compute: (values) => {
        const ids = rows.flatMap((length, row) => Array<number>(length).fill(row));
        const partition = [tf.scalar(rows.length, 'int32'), tf.tensor1d(ids, 'int32')];
        const shape = tf.tensor1d([rows.length, 4], 'int32');
        return tf.raggedTensorToTensor(shape, values, tf.scalar(-1), partition, [
          'FIRST_DIM_SIZE',
          'VALUE_ROWIDS',
        ]);
      },
    })),
  },
];

export const sparseAndText: readonly Row[] = [...sparse, ...text, ...ragged];
