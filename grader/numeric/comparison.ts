import type { DType } from '../format/tensor-data.ts';

/** One element where two tensors part: its position, row-major, and both values. */
export interface Disagreement {
  /** One index per dimension; empty for a scalar. */
  readonly index: readonly number[];
  readonly expected: number;
  readonly received: number;
}

/** The element that leaves its tolerance furthest behind. */
export interface WorstValue extends Disagreement {
  /** `|received - expected|`. */
  readonly difference: number;
  /** `atol + rtol * |expected|`; 0 for int32 and bool. */
  readonly allowed: number;
  /** `received / expected`; absent where the expected value is 0. */
  readonly ratio?: number;
}

/** Why two tensors are not taken as equal, in the order in which it is looked for. */
export type Mismatch =
  | { readonly kind: 'dtype'; readonly expected: DType; readonly received: DType }
  | { readonly kind: 'shape'; readonly expected: readonly number[]; readonly received: readonly number[] }
  | {
      /** NaN or an infinity where the other tensor has something else. */
      readonly kind: 'not-finite';
      readonly shape: readonly number[];
      readonly count: number;
      readonly size: number;
      readonly first: Disagreement;
    }
  | {
      readonly kind: 'values';
      readonly shape: readonly number[];
      /** Whether the dtype, int32 or bool, left no tolerance. */
      readonly exact: boolean;
      readonly count: number;
      readonly size: number;
      readonly worst: WorstValue;
    };

/** How far apart two tensors of one dtype and shape are. Positions that are not finite in both count for nothing. */
export interface Distance {
  /** `||x - y|| / ||y||`, 0 where both are 0, infinite where only the expected norm is. */
  readonly relativeError: number;
  /** `max(|x - y| / (atol + rtol * |expected|))`: how much of the tolerance is used, at most 1 where they are equal. */
  readonly worstUse: number;
}

/** The comparator's verdict. The distance is there as soon as dtype, shape and finiteness agree. */
export type Comparison =
  | ({ readonly equal: true } & Distance)
  | ({ readonly equal: false; readonly reason: Mismatch } & Partial<Distance>);
