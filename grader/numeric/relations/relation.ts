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
  return compareTensors({ ...both, atol, rtol }).equal;
}

/** The tensor with each value made another one. */
export function mapped(tensor: TensorData, map: (value: number) => number): TensorData {
  return { ...tensor, data: Float32Array.from(tensor.data, map) };
}
