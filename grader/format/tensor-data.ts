/** The element types that cross a process boundary or lie in a fixture. */
export type DType = 'float32' | 'int32' | 'bool';

/** A tensor as plain data, row-major, free of any TensorFlow.js instance. `bool` is one byte per element, 0 or 1. */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** The number of elements of a tensor of this shape; 1 for a scalar's empty shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
