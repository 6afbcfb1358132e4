import { randomStream } from '../../reference/lib/random.ts';

/** Positive values, log-normal with a deviation of 2: a few are a thousand times as large as most. */
export function heavyTail(name: string, length: number): Float32Array {
  const stream = randomStream(name);
  return Float32Array.from({ length }, () => Math.exp(stream.normal(0, 2)));
}

/** Activations behind a ReLU: half of them zero. */
export function activations(name: string, length: number): Float32Array {
  return randomStream(name)
    .normals(length)
    .map((value) => Math.max(0, value));
}

/** The largest error of any value, relative to itself. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let index = 0; index < expected.length; index++) {
    worst = Math.max(worst, Math.abs(actual[index] / expected[index] - 1));
  }
  return worst;
}

/** `[inner, rows]` transposed times `[inner, columns]`, in float64. */
export function productInDoubles(
  left: Float32Array,
  right: Float32Array,
  { rows, columns }: { rows: number; columns: number },
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let k = 0; k < left.length / rows; k++) {
    for (let row = 0; row < rows; row++) {
      const factor = left[k * rows + row];
      for (let column = 0; column < columns; column++) {
        result[row * columns + column] += factor * right[k * columns + column];
      }
    }
  }
  return result;
}
