import type { TensorData } from '../format/tensor-data.ts';

/**
 * So many numbers stand for a tensor: {@link sketchOf} has a variable for each. Tensors of no more values are kept as they
 * are.
 */
export const SKETCH_SIZE = 6;

/**
 * A few numbers by which a tensor is known again: projections on random signs, s_k = 1/sqrt(n) sum_i r_ki x_i with r_ki of
 * +1 and -1. The mean of (s_k(x) - s_k(y))^2 estimates the mean of (x_i - y_i)^2 (Johnson and Lindenstrauss 1984;
 * Achlioptas 2003), so that tensors are told apart without being kept. What is not finite counts as 0.
 *
 * @returns at most {@link SKETCH_SIZE} numbers; the values themselves where there are no more
 */
export function sketchOf({ data }: TensorData): readonly number[] {
  if (data.length <= SKETCH_SIZE) return Array.from(data, finite);
  // No array of sums: every large tensor that a submission returns comes by here.
  let [a, b, c, d, e, f] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = finite(data[i]);
    const signs = randomBits(i);
    a += signs & 1 ? value : -value;
    b += signs & 2 ? value : -value;
    c += signs & 4 ? value : -value;
    d += signs & 8 ? value : -value;
    e += signs & 16 ? value : -value;
    f += signs & 32 ? value : -value;
  }
  return [a, b, c, d, e, f].map((sum) => sum / Math.sqrt(data.length));
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** 32 bits that belong to an index: the finalizer of MurmurHash3, which is one to one and mixes well. */
function randomBits(index: number): number {
  let bits = Math.imul(index + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** The root mean square of a tensor's values, or of the difference of two, from their sketches. */
export function rootMeanSquare(sketch: readonly number[], other?: readonly number[]): number {
  const sum = sketch.reduce((total, value, k) => total + (value - (other?.[k] ?? 0)) ** 2, 0);
  return Math.sqrt(sum / Math.max(1, sketch.length));
}
