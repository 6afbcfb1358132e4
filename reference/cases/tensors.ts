import type { TensorData } from '../../grader/assignment/define.ts';
import { floats, sizeOf } from '../../grader/format/literals.ts';
import type { RandomStream } from '../lib/random.ts';

/** Normal noise as an input of a case. */
export function noise(stream: RandomStream, shape: readonly number[], deviation = 1): TensorData {
  return floats(shape, stream.normals(sizeOf(shape), 0, deviation));
}

/** Zeros as an input of a case. */
export function zeros(shape: readonly number[]): TensorData {
  return floats(shape, new Float32Array(sizeOf(shape)));
}
