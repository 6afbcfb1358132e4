import type { Values } from './float64-networks.ts';

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
