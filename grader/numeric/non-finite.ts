import type { TensorData } from '../format/tensor-data.ts';
import { indexAt } from './tensor-layout.ts';

/** The values of a tensor that are NaN or infinite. */
export interface NonFinite {
  readonly count: number;
  readonly size: number;
  /** In row-major order; the index has one entry per dimension. */
  readonly first: { readonly index: readonly number[]; readonly value: number };
}

/** Whether no value is NaN or infinite. */
export function allFinite(data: TensorData['data']): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}

/** The values that are NaN or infinite; undefined when there are none. */
export function findNonFinite({ dtype, shape, data }: TensorData): NonFinite | undefined {
  if (dtype !== 'float32') return undefined;
  let count = 0;
  let offset = -1;
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    if (count === 0) offset = i;
    count++;
  }
  if (count === 0) return undefined;
  return { count, size: data.length, first: { index: indexAt({ offset, shape }), value: data[offset] } };
}

/** With values, so for public cases only: `3 of 8192 values, the first is NaN at [0,17,40]`. */
export function describeNonFinite({ count, size, first }: NonFinite): string {
  if (size === 1) return `it is ${first.value}`;
  return `${count} of ${size} values, the first is ${first.value} at [${first.index.join(',')}]`;
}
