/** Red, green and blue of sRGB, each in [0, 1]. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A colour picture as plain numbers. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `height * width * 3` sRGB values in [0, 1], row by row, red, green and blue of each pixel. */
  readonly data: Float32Array;
}

/** One number per pixel: a mask, a saliency map, a heat map. */
export interface ScalarMap {
  readonly width: number;
  readonly height: number;
  /** `height * width` values, row by row. */
  readonly values: Float32Array;
}

/** A rectangle of pixels; (x, y) is its upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Red, green and blue of white. */
export const white: Colour = [1, 1, 1];

/** A picture of one colour. */
export function createRaster(width: number, height: number, colour: Colour = white): Raster {
  const raster = { width, height, data: new Float32Array(width * height * 3) };
  fillRectangle(raster, { x: 0, y: 0, width, height }, colour);
  return raster;
}

/** The part of a rectangle that lies on a picture. */
function visible(raster: { width: number; height: number }, { x, y, width, height }: Rectangle): Rectangle {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(raster.width, x + width) - left),
    height: Math.max(0, Math.min(raster.height, y + height) - top),
  };
}

/** Fills whole pixels; what lies outside of the picture is left out. */
export function fillRectangle(raster: Raster, rectangle: Rectangle, colour: Colour): void {
  const { x, y, width, height } = visible(raster, rectangle);
  const { data } = raster;
  const [red, green, blue] = colour;
  for (let row = y; row < y + height; row++) {
    const start = 3 * (row * raster.width + x);
    for (let at = start; at < start + 3 * width; at += 3) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
  }
}

/** Draws the border of a rectangle, `thickness` pixels wide, just outside of it. */
export function frameRectangle(raster: Raster, inner: Rectangle, thickness: number, colour: Colour): void {
  const { x, y, width, height } = inner;
  const across = width + 2 * thickness;
  fillRectangle(raster, { x: x - thickness, y: y - thickness, width: across, height: thickness }, colour);
  fillRectangle(raster, { x: x - thickness, y: y + height, width: across, height: thickness }, colour);
  fillRectangle(raster, { x: x - thickness, y, width: thickness, height }, colour);
  fillRectangle(raster, { x: x + width, y, width: thickness, height }, colour);
}

/** Copies a picture onto another one, its upper left corner at (x, y). */
export function paste(target: Raster, source: Raster, x: number, y: number): void {
  const part = visible(target, { x, y, width: source.width, height: source.height });
  for (let row = part.y; row < part.y + part.height; row++) {
    const from = 3 * ((row - y) * source.width + part.x - x);
    target.data.set(source.data.subarray(from, from + 3 * part.width), 3 * (row * target.width + part.x));
  }
}

/** Paints a colour through a map of coverages in [0, 1], the map's upper left corner at (x, y). */
export function paintThrough(
  target: Raster,
  coverage: ScalarMap,
  x: number,
  y: number,
  colour: Colour,
): void {
  const part = visible(target, { x, y, width: coverage.width, height: coverage.height });
  for (let row = part.y; row < part.y + part.height; row++) {
    for (let column = part.x; column < part.x + part.width; column++) {
      const share = coverage.values[(row - y) * coverage.width + column - x];
      const at = 3 * (row * target.width + column);
      for (let c = 0; c < 3; c++) target.data[at + c] += share * (colour[c] - target.data[at + c]);
    }
  }
}

/**
 * Cuts a rectangle out of a picture.
 *
 * @throws RangeError where it is empty or not wholly inside
 */
export function crop(raster: Raster, { x, y, width, height }: Rectangle): Raster {
  const inside = x >= 0 && y >= 0 && x + width <= raster.width && y + height <= raster.height;
  if (!inside || width < 1 || height < 1) {
    const asked = `${width}x${height} at (${x}, ${y})`;
    throw new RangeError(`cannot crop ${asked} from a picture of ${raster.width}x${raster.height}`);
  }
  const part = createRaster(width, height);
  paste(part, raster, -x, -y);
  return part;
}

/** The largest square around the centre. */
export function cropSquare(raster: Raster): Raster {
  const side = Math.min(raster.width, raster.height);
  const x = Math.floor((raster.width - side) / 2);
  const y = Math.floor((raster.height - side) / 2);
  return crop(raster, { x, y, width: side, height: side });
}
