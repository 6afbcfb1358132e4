import { diverging, ember } from './colour-maps.ts';
import type { ColourMap } from './colour-maps.ts';
import type { Raster, ScalarMap } from './raster.ts';
import { resize } from './resize.ts';

/** The values that the two ends of a colour map stand for. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** The value below which the given share of all finite values lies (linear between neighbours). */
function quantile(values: Float32Array, share: number): number {
  const finite = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (Number.isFinite(value)) finite[count++] = value;
  if (count === 0) return 0;
  const known = finite.subarray(0, count);
  if (share === 1) return known.reduce((largest, value) => Math.max(largest, value));
  const sorted = known.sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * 0 to the largest value of some maps. A few extreme pixels would leave the rest of a saliency map dark: with
 * `share` 0.99, the largest hundredth of the values takes the lightest colour.
 */
export function magnitudeRange(maps: readonly ScalarMap[], share = 1): ValueRange {
  return { min: 0, max: Math.max(...maps.map(({ values }) => quantile(values.map(Math.abs), share))) };
}

/** A range symmetric about 0, so that 0 takes the middle of a diverging colour map. */
export function signedRange(maps: readonly ScalarMap[], share = 1): ValueRange {
  const { max } = magnitudeRange(maps, share);
  return { min: -max, max };
}

/** Where a value lies in a range, from 0 to 1; a range without extent has everything at its start. */
function position(value: number, { min, max }: ValueRange): number {
  return max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
}

/** How to colour a map. */
export interface HeatMapOptions {
  /** Default: `ember`. */
  readonly colours?: ColourMap;
  /** Default: 0 to the map's largest magnitude. */
  readonly range?: ValueRange;
}

/** The picture of a map of magnitudes. */
export function heatMap(map: ScalarMap, options: HeatMapOptions = {}): Raster {
  const { colours = ember, range = magnitudeRange([map]) } = options;
  const { width, height, values } = map;
  const data = new Float32Array(3 * values.length);
  for (let i = 0; i < values.length; i++) {
    const [red, green, blue] = colours(position(values[i], range));
    data[3 * i] = red;
    data[3 * i + 1] = green;
    data[3 * i + 2] = blue;
  }
  return { width, height, data };
}

/** The picture of a map of signed values: blue below 0, near-white at 0, red above. */
export function signedMap(map: ScalarMap, range: ValueRange = signedRange([map])): Raster {
  return range.max > range.min
    ? heatMap(map, { colours: diverging, range })
    : heatMap(map, { colours: diverging, range: { min: -1, max: 1 } });
}

/** How to lay a map over a picture. */
export interface OverlayOptions {
  /** Default: `ember`. */
  readonly colours?: ColourMap;
  /** Default: 0 to the map's largest magnitude. */
  readonly range?: ValueRange;
  /** Opacity of the heat map where the value is largest; default 0.8. */
  readonly opacity?: number;
  /** Opacity where the value is smallest; default 0.3, which darkens what does not count. */
  readonly floor?: number;
}

/**
 * A heat map laid over a picture, the more opaque the larger the value. The picture shows through in gray, so
 * that its colours are not taken for the map's. A map of another size is resized (bilinear) to the picture's.
 */
export function overlay(picture: Raster, map: ScalarMap, options: OverlayOptions = {}): Raster {
  const { colours = ember, range = magnitudeRange([map]), opacity = 0.8, floor = 0.3 } = options;
  const { width, height } = picture;
  const { values } = resizeMap(map, width, height);
  const data = new Float32Array(picture.data.length);
  for (let i = 0; i < values.length; i++) {
    const share = position(values[i], range);
    const alpha = floor + (opacity - floor) * share;
    const at = 3 * i;
    const luma = 0.299 * picture.data[at] + 0.587 * picture.data[at + 1] + 0.114 * picture.data[at + 2];
    const colour = colours(share);
    for (let c = 0; c < 3; c++) data[at + c] = luma + alpha * (colour[c] - luma);
  }
  return { width, height, data };
}

/** A map at another size (bilinear; shrinking averages). */
export function resizeMap(map: ScalarMap, width: number, height: number): ScalarMap {
  if (map.width === width && map.height === height) return map;
  const data = Float32Array.from({ length: 3 * map.values.length }, (_, i) => map.values[Math.floor(i / 3)]);
  const resized = resize({ width: map.width, height: map.height, data }, { width, height });
  return {
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => resized.data[3 * i]),
  };
}
