import type { TensorData } from './tensor-data.ts';
import { sizeOf } from './tensor-data.ts';

export { sizeOf };

/** A float32 tensor of a case. @throws RangeError when the numbers do not fill the shape */
export function floats(shape: readonly number[], values: ArrayLike<number>): TensorData {
  if (values.length !== sizeOf(shape)) {
    throw new RangeError(`${values.length} values do not fill the shape [${shape.join(',')}]`);
  }
  return { dtype: 'float32', shape, data: Float32Array.from(values) };
}

/** A one-dimensional int32 tensor of a case, such as labels. */
export function integers(values: readonly number[]): TensorData {
  return { dtype: 'int32', shape: [values.length], data: Int32Array.from(values) };
}
