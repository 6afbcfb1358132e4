import type { TensorData } from '../../format/tensor-data.ts';

/** Steps between neighbours along an axis, of a row-major tensor. */
function strideOf(shape: readonly number[], axis: number): number {
  return shape.slice(axis + 1).reduce((product, side) => product * side, 1);
}

/** The axes along which pictures have neighbours: height and width of `[N, H, W, ...]`, else all there are. */
function pictureAxes(rank: number): readonly number[] {
  if (rank >= 3) return [1, 2];
  return rank === 2 ? [0, 1] : rank === 1 ? [0] : [];
}

/**
 * The sum of squared differences of all neighbours along some axes, over all else.
 *
 * @param axes default: 1 and 2, the height and width of a batch of pictures or maps; all of a matrix or a list.
 */
export function totalVariation(
  { shape, data }: TensorData,
  axes: readonly number[] = pictureAxes(shape.length),
): number {
  let sum = 0;
  for (const axis of axes) {
    const stride = strideOf(shape, axis);
    for (let i = 0; i + stride < data.length; i++) {
      const isLast = Math.floor(i / stride) % shape[axis] === shape[axis] - 1;
      if (!isLast) sum += (data[i + stride] - data[i]) ** 2;
    }
  }
  return sum;
}

const total = (data: TensorData['data'], term: (value: number) => number): number => {
  let sum = 0;
  for (const value of data) sum += term(value);
  return sum;
};
const mean = (data: TensorData['data']): number => total(data, (x) => x) / data.length;

const extreme = (data: TensorData['data'], pick: (a: number, b: number) => number): number => {
  let found = data[0];
  for (const value of data) found = pick(found, value);
  return found;
};

interface Statistic {
  readonly words: string;
  readonly of: (tensor: TensorData, axes: readonly number[] | undefined) => number;
}

/** Numbers that sum up a tensor of at least one value. */
export const statistics = {
  mean: { words: 'mean', of: ({ data }) => mean(data) },
  sum: { words: 'sum', of: ({ data }) => total(data, (x) => x) },
  min: {
    words: 'smallest value',
    of: ({ data }) => extreme(data, Math.min),
  },
  max: {
    words: 'largest value',
    of: ({ data }) => extreme(data, Math.max),
  },
  'mean-magnitude': { words: 'mean magnitude', of: ({ data }) => total(data, Math.abs) / data.length },
  norm: { words: 'norm', of: ({ data }) => Math.sqrt(total(data, (x) => x * x)) },
  deviation: {
    words: 'standard deviation',
    of: ({ data }) => {
      const middle = mean(data);
      return Math.sqrt(total(data, (x) => (x - middle) ** 2) / data.length);
    },
  },
  'nonzero-share': {
    words: 'share of values that are not 0',
    of: ({ data }) => total(data, (x) => (x === 0 ? 0 : 1)) / data.length,
  },
  'total-variation': { words: 'total variation', of: totalVariation },
} satisfies Record<string, Statistic>;

export type StatisticName = keyof typeof statistics;
