/** Numbers in row-major order, as the oracles of these tests compute with them: plain loops in float64. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** `relu(image * filters)` with stride 1 and zeros beyond the edge: `[1, H, W, 3]` to `[1, H, W, K]`. */
export function convolve(image: Values, filters: Values): Values {
  const [, height, width, channels] = image.shape;
  const [rows, columns, , count] = filters.shape;
  const data: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let v = 0; v < rows; v++) {
          for (let u = 0; u < columns; u++) {
            const [i, j] = [y + v - (rows >> 1), x + u - (columns >> 1)];
            if (i < 0 || j < 0 || i >= height || j >= width) continue;
            for (let c = 0; c < channels; c++) {
              const pixel = image.data[(i * width + j) * channels + c];
              sum += pixel * filters.data[((v * columns + u) * channels + c) * count + k];
            }
          }
        }
        data.push(Math.max(0, sum));
      }
    }
  }
  return { shape: [1, height, width, count], data };
}

/** The Gram matrix of one feature map, divided by the number of its values. */
export function gram({ shape, data }: Values): Values {
  const [, height, width, channels] = shape;
  const matrix = new Float64Array(channels * channels);
  for (let i = 0; i < channels; i++) {
    for (let j = 0; j < channels; j++) {
      for (let k = 0; k < height * width; k++) {
        matrix[i * channels + j] += data[k * channels + i] * data[k * channels + j];
      }
      matrix[i * channels + j] /= height * width * channels;
    }
  }
  return { shape: [1, channels, channels], data: matrix };
}

/** The sum of squared differences. */
export function squaredDistance(a: Values, b: Values): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i] - b.data[i]) ** 2;
  return sum;
}

/** The squared differences of all neighbours, above each other and side by side. */
export function variation({ shape, data }: Values): number {
  const [n, height, width, channels] = shape;
  const at = (m: number, y: number, x: number, c: number): number =>
    data[((m * height + y) * width + x) * channels + c];
  let sum = 0;
  for (let m = 0; m < n; m++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          if (y + 1 < height) sum += (at(m, y + 1, x, c) - at(m, y, x, c)) ** 2;
          if (x + 1 < width) sum += (at(m, y, x + 1, c) - at(m, y, x, c)) ** 2;
        }
      }
    }
  }
  return sum;
}

/** The gradient of a function of some values by central differences. */
export function differences(of: (x: Values) => number, { shape, data }: Values, width = 1e-5): Float64Array {
  const x = Float64Array.from(data);
  return x.map((value, i) => {
    x[i] = value + width;
    const above = of({ shape, data: x });
    x[i] = value - width;
    const below = of({ shape, data: x });
    x[i] = value;
    return (above - below) / (2 * width);
  });
}

/** The largest difference of two sequences, relative to the largest value of the second. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [worst, scale] = [0, 1e-12];
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return worst / scale;
}
