import * as tf from '@tensorflow/tfjs';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';

/** The input tensors of a case, as the fixtures hold them. @throws Error when there is no such case */
export function inputsOf(cases: readonly CaseDefinition[], id: string): Record<string, TensorData> {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`there is no case ${id}`);
  return { ...found.inputs };
}

export const four = ({ shape, data }: TensorData): tf.Tensor4D =>
  tf.tensor<tf.Rank.R4>(data, [...shape] as [number, number, number, number]);

export const three = ({ shape, data }: TensorData): tf.Tensor3D =>
  tf.tensor<tf.Rank.R3>(data, [...shape] as [number, number, number]);

export const numbers = (tensor: tf.Tensor): ArrayLike<number> => tensor.dataSync();
