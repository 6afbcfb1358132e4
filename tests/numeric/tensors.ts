import * as fc from 'fast-check';
import type { DType, TensorData } from '../../grader/format/tensor-data.ts';
import { sizeOf } from '../../grader/format/tensor-data.ts';

/** The properties' seed and number of runs: the same tests on every machine. */
export const RUNS = { seed: 20_260_301, numRuns: 300 } as const;

export const float32 = (shape: readonly number[], values: readonly number[]): TensorData => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(values),
});
export const int32 = (shape: readonly number[], values: readonly number[]): TensorData => ({
  dtype: 'int32',
  shape,
  data: Int32Array.from(values),
});
export const bool = (shape: readonly number[], values: readonly number[]): TensorData => ({
  dtype: 'bool',
  shape,
  data: Uint8Array.from(values),
});

/** Shapes of 0 to 4 dimensions with sides of 0 to 4. */
export const anyShape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

/** Finite float32 values: zeros of both signs, denormals and the largest ones among them. */
export const finiteFloat: fc.Arbitrary<number> = fc.float({ noNaN: true, noDefaultInfinity: true });

const element: Readonly<Record<DType, fc.Arbitrary<number>>> = {
  float32: fc.float({ noNaN: true }),
  int32: fc.integer(),
  bool: fc.integer({ min: 0, max: 1 }),
};
const make = { float32, int32, bool } as const;

/** Tensors of every dtype, infinities included, NaN not. */
export const anyTensor: fc.Arbitrary<TensorData> = fc
  .record({ dtype: fc.constantFrom<DType>('float32', 'int32', 'bool'), shape: anyShape })
  .chain(({ dtype, shape }) => {
    const size = sizeOf(shape);
    return fc
      .array(element[dtype], { minLength: size, maxLength: size })
      .map((values) => make[dtype](shape, values));
  });

/** Non-empty float32 tensors of finite values. */
export const finiteTensor: fc.Arbitrary<TensorData> = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
  .chain((shape) => {
    const size = sizeOf(shape);
    return fc
      .array(finiteFloat, { minLength: size, maxLength: size })
      .map((values) => float32(shape, values));
  });

/** The same tensor with one value replaced. */
export function withValue(tensor: TensorData, offset: number, value: number): TensorData {
  const data = tensor.data.slice();
  data[offset] = value;
  return { ...tensor, data };
}
