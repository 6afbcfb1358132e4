import type { TensorData } from '../../format/tensor-data.ts';
import { compareTensors } from '../compare-tensors.ts';

/** A wrong tensor and the expected one: finite float32 of one shape. */
export interface RelatedPair {
  readonly actual: TensorData;
  readonly expected: TensorData;
  readonly atol: number;
  readonly rtol: number;
}

/** Fewer values agree with some relation by chance. */
export const FEWEST_VALUES = 4;

/** Whether two tensors agree within the tolerance of a pair. */
export function agree(
  { atol, rtol }: Pick<RelatedPair, 'atol' | 'rtol'>,
  both: { readonly actual: TensorData; readonly expected: TensorData },
): boolean {
  // Nearly all that is tried is far off at one of the first values.
  const [mine, wanted] = [both.actual.data, both.expected.data];
  for (let i = 0; i < mine.length; i++)
    if (Math.abs(mine[i] - wanted[i]) > atol + rtol * Math.abs(wanted[i])) return false;
  return compareTensors({ ...both, atol, rtol }).equal;
}

/** The tensor with each value made another one. */
export function mapped(tensor: TensorData, map: (value: number) => number): TensorData {
  const { data } = tensor;
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = map(data[i]);
  return { ...tensor, data: values };
}
