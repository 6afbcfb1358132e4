import type { DataType, Tensor } from '@tensorflow/tfjs';

/** Where the values of a drawn tensor come from. */
export type Domain =
  | { readonly kind: 'normal'; readonly scale?: number }
  /** Uniform in [min, max). */
  | { readonly kind: 'between'; readonly min: number; readonly max: number }
  /** Whole numbers, uniform in [min, max]: equal ones, and ties, are frequent. */
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  /** Normal numbers among NaN, both infinities, zeros, huge and tiny ones. */
  | { readonly kind: 'special' };

/** A tensor to make: its values follow from the seed. */
export interface Drawn {
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly domain: Domain;
  readonly seed: number;
}

/** One call to compare: an operation with its attributes chosen, and its tensors. */
export interface Case {
  readonly tensors: readonly Drawn[];
  compute(...tensors: Tensor[]): Tensor | Tensor[];
}

/** How far two values may lie apart: each by itself, or relative to the largest of the tensor. */
export type Measure = 'each' | 'largest';

/** One kernel, or several that an operation runs, and how calls of it are drawn. */
export interface Row {
  /** The operation as users write it. */
  readonly operation: string;
  /** Every kernel whose place in the table this row fills; each must be run by its cases. */
  readonly kernels: readonly string[];
  readonly cases: import('fast-check').Arbitrary<Case>;
  /** Whether TensorFlow.js defines a gradient; with `false` both backends must refuse one, if any input is float32. */
  readonly gradient: boolean;
  readonly measure?: Measure;
  /** Largest relative difference allowed. Default {@link defaultTolerance}. */
  readonly tolerance?: number;
}

/** Float32 kernels that do the same in another order, or round a transcendental function otherwise. */
export const defaultTolerance = 1e-5;

export type { DataType };
