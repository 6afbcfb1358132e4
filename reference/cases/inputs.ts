import type { TensorData } from '../../grader/assignment/define.ts';
import { floats, integers, sizeOf } from '../../grader/format/literals.ts';
import type { RandomStream } from '../lib/random.ts';

/** The shape of a batch of images or feature maps. */
export type ImageShape = readonly [count: number, height: number, width: number, channels: number];

/** The size of an image in pixels. */
export type Size = readonly [height: number, width: number];

/** Normal noise as an input of a case. */
export function noise(
  stream: RandomStream,
  shape: readonly number[],
  { mean = 0, deviation = 1 }: { readonly mean?: number; readonly deviation?: number } = {},
): TensorData {
  return floats(shape, stream.normals(sizeOf(shape), mean, deviation));
}

/** Uniform noise as an input of a case. */
export function uniform(
  stream: RandomStream,
  shape: readonly number[],
  [min, max]: readonly [min: number, max: number],
): TensorData {
  return floats(shape, stream.uniforms(sizeOf(shape), min, max));
}

/** Zeros as an input of a case. */
export function zeros(shape: readonly number[]): TensorData {
  return floats(shape, new Float32Array(sizeOf(shape)));
}

/** Images of noise and the class to explain each of them for, as the inputs `images` and `labels`. */
export function labelledNoise(
  stream: RandomStream,
  labels: readonly number[],
  size: Size,
): { images: TensorData; labels: TensorData } {
  return { images: noise(stream, [labels.length, ...size, 3]), labels: integers(labels) };
}
