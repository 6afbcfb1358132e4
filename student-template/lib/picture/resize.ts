import type { Raster } from './raster.ts';

/**
 * How new pixels are made from old ones.
 * - `bilinear`: linear between pixel centres. Shrinking widens the filter, so that nothing is skipped.
 * - `area`: the mean over the area that the new pixel covers.
 * - `nearest`: the pixel under the new pixel's centre; enlarging keeps hard pixel edges.
 */
export type ResizeMethod = 'bilinear' | 'area' | 'nearest';

/** The size in pixels to resize to. */
export interface ResizeOptions {
  readonly width: number;
  readonly height: number;
  /** Default: `bilinear`. */
  readonly method?: ResizeMethod;
}

/** For one new pixel along one axis: the first old pixel that counts and the weights from there on, sum 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** The share of an old pixel [i, i + 1] in the new pixel [start, end], or the height of a tent around `centre`. */
function taps(method: ResizeMethod, from: number, to: number): readonly Taps[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale;
    if (method === 'nearest') return { first: Math.min(from - 1, Math.floor(centre)), weights: [1] };
    const reach = method === 'area' ? scale / 2 : Math.max(1, scale);
    const [low, high] = [centre - reach, centre + reach];
    const weightOf = (i: number): number =>
      method === 'area' ? Math.min(high, i + 1) - Math.max(low, i) : 1 - Math.abs(i + 0.5 - centre) / reach;
    const first = Math.max(0, Math.floor(low));
    const weights: number[] = [];
    for (let i = first; i < Math.min(from, Math.ceil(high) + 1); i++) weights.push(Math.max(0, weightOf(i)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}

/** `lines` independent lines of `from` pixels with `channels` values each; `stride` apart along the line. */
interface Axis {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  readonly lineStart: (line: number, length: number) => number;
  readonly stride: number;
}

function resample(data: Float32Array, axis: Axis, method: ResizeMethod): Float32Array {
  const { lines, from, to, lineStart, stride } = axis;
  const result = new Float32Array((data.length / from) * to);
  taps(method, from, to).forEach(({ first, weights }, index) => {
    for (let line = 0; line < lines; line++) {
      const source = lineStart(line, from) + first * stride;
      const target = lineStart(line, to) + index * stride;
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k] * data[source + k * stride + c];
        result[target + c] = sum;
      }
    }
  });
  return result;
}

/**
 * Resizes a picture. Pixel centres are at half coordinates (as in PIL, and in TensorFlow's `halfPixelCenters`),
 * and at the border the weights of missing pixels go to those present, so that an even colour stays even.
 *
 * @throws RangeError where a side is not a whole number from 1
 */
export function resize(raster: Raster, { width, height, method = 'bilinear' }: ResizeOptions): Raster {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1) throw new RangeError(`cannot resize to ${width}x${height}`);
  }
  const across = resample(
    raster.data,
    {
      lines: raster.height,
      from: raster.width,
      to: width,
      lineStart: (line, length) => line * length * 3,
      stride: 3,
    },
    method,
  );
  const data = resample(
    across,
    { lines: width, from: raster.height, to: height, lineStart: (line) => line * 3, stride: width * 3 },
    method,
  );
  return { width, height, data };
}

/** Resizes so that the shorter side has `side` pixels, keeping the proportions. */
export function resizeShorterSide(raster: Raster, side: number, method: ResizeMethod = 'bilinear'): Raster {
  const scale = side / Math.min(raster.width, raster.height);
  return resize(raster, {
    width: Math.max(side, Math.round(raster.width * scale)),
    height: Math.max(side, Math.round(raster.height * scale)),
    method,
  });
}
