import { randomStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import { createCanvas, fill, lumaColour, stamp } from './canvas.ts';
import type { Box, Canvas, Surface } from './canvas.ts';
import { randomMark } from './clutter.ts';
import type { Outline } from '../picture/outline.ts';
import { randomDirection } from './random-direction.ts';
import { shapeClasses, shapeRadius } from './shape-classes.ts';
import type { ShapeClass } from './shape-classes.ts';
import { randomTexture } from './texture.ts';

/** One picture of the dataset. */
export interface ShapePicture {
  /** An index into `shapeClassNames`. */
  readonly label: number;
  /** Height and width in pixels. */
  readonly size: number;
  /** `size * size * 3` values in [0, 1], row by row, red, green and blue of each pixel. */
  readonly rgb: Float32Array;
  /** `size * size` values in [0, 1]: the share of each pixel that the object covers. */
  readonly mask: Float32Array;
}

/** Which picture to draw. */
export interface ShapeOptions {
  readonly seed: string | number;
  /** Number of the picture in the stream of this seed, from 0. */
  readonly index: number;
  /** Height and width in pixels, at least 8. */
  readonly size: number;
  /** The class to draw. Default: the stream's own choice, in which every class occurs once in ten pictures. */
  readonly label?: number;
}

/** The class of a picture: each block of ten pictures holds the ten classes in an order of its own. */
export function streamLabel(seed: string | number, index: number): number {
  const count = shapeClasses.length;
  const random = randomStream(`shapes/${seed}/order/${Math.floor(index / count)}`);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order[index % count];
}

/** A random colour and texture around a luma. */
function randomSurface(random: RandomStream, luma: number, roughness: number): Surface {
  const [cb, cr] = randomDirection(random);
  const chroma = random.uniform(0.02, 0.24);
  const tone = random.uniform(0.2, 1) * roughness;
  const [tintCb, tintCr] = randomDirection(random);
  const tint = random.uniform(0, 0.06);
  return {
    base: lumaColour(luma, chroma * cb, chroma * cr),
    contrast: [tone + 1.4 * tint * tintCr, tone - tint * tintCr, tone + 1.4 * tint * tintCb],
    texture: randomTexture(random),
  };
}

/** Luma of background and object, at least 0.3 apart. */
function randomLumas(random: RandomStream): readonly [background: number, object: number] {
  const gap = random.uniform(0.3, 0.6);
  const darker = random.uniform(0.12, 0.9 - gap);
  return random.uniform() < 0.5 ? [darker, darker + gap] : [darker + gap, darker];
}

interface Placed {
  readonly outline: Outline;
  readonly box: Box;
}

/** Turns, stretches, scales and places a class's outline, so that all of it is inside the picture. */
function place(random: RandomStream, shape: ShapeClass): Placed {
  const scale = random.uniform(0.21, 0.35);
  const stretch = random.uniform(0.9, 1.1);
  const reach = scale * shapeRadius * Math.max(stretch, 1 / stretch);
  const x0 = random.uniform(reach + 0.02, 0.98 - reach);
  const y0 = random.uniform(reach + 0.02, 0.98 - reach);
  const [cos, sin] = randomDirection(random);
  return {
    outline: (x, y) => {
      const dx = (x - x0) / scale;
      const dy = (y - y0) / scale;
      return scale * shape.outline((dx * cos + dy * sin) / stretch, (dy * cos - dx * sin) * stretch);
    },
    box: { left: x0 - reach, top: y0 - reach, right: x0 + reach, bottom: y0 + reach },
  };
}

function drawClutter(canvas: Canvas, random: RandomStream, luma: number): void {
  const count = random.integer(2, 9);
  for (let i = 0; i < count; i++) {
    const shade = Math.min(0.95, Math.max(0.05, luma + random.uniform(-0.35, 0.35)));
    stamp(canvas, {
      ...randomMark(random),
      surface: { ...randomSurface(random, shade, 0), texture: () => 0 },
      opacity: random.uniform(0.5, 1),
    });
  }
}

function drawShadow(canvas: Canvas, random: RandomStream, { outline, box }: Placed): void {
  const [dx, dy] = randomDirection(random);
  const distance = random.uniform(0.01, 0.04);
  const edge = random.uniform(0.03, 0.08);
  const opacity = random.uniform(-0.3, 0.4);
  if (opacity <= 0) return;
  const [sx, sy] = [dx * distance, dy * distance];
  stamp(canvas, {
    outline: (x, y) => outline(x - sx, y - sy),
    box: { left: box.left + sx, top: box.top + sy, right: box.right + sx, bottom: box.bottom + sy },
    surface: { base: [0, 0, 0], contrast: [0, 0, 0], texture: () => 0 },
    edge,
    opacity,
  });
}

/** Multiplies by a light that falls off across the picture, adds grain and clips to [0, 1]. */
function light({ size, rgb }: Canvas, random: RandomStream): void {
  const [dx, dy] = randomDirection(random);
  const strength = random.uniform(0.85, 1.1);
  const slope = random.uniform(0, 0.35);
  const grain = random.uniform(0, 0.03) / 512;
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const gain = strength + slope * (dx * ((column + 0.5) / size - 0.5) + dy * ((row + 0.5) / size - 0.5));
      const bits = random.uint32();
      for (let c = 0; c < 3; c++) {
        const noise = (((bits >>> (10 * c)) & 1023) - 511.5) * grain;
        const value = rgb[at + c] * gain + noise;
        rgb[at + c] = value < 0 ? 0 : value > 1 ? 1 : value;
      }
    }
  }
}

/**
 * Draws picture `index` of the stream `seed`: one object over a textured, cluttered background. Only the outline
 * depends on the class: colours, textures, size, place, rotation, clutter and light are the same for every
 * `label`, so they say nothing about it. Uses only + - * / and square roots, so it is identical on every machine.
 *
 * @throws RangeError where the size, index or label is out of range
 */
export function drawShape({
  seed,
  index,
  size,
  label = streamLabel(seed, index),
}: ShapeOptions): ShapePicture {
  if (!Number.isInteger(size) || size < 8)
    throw new RangeError(`size must be a whole number from 8: ${size}`);
  if (!Number.isInteger(index) || index < 0)
    throw new RangeError(`index must be a whole number from 0: ${index}`);
  const shape = shapeClasses.at(label);
  if (shape === undefined || label < 0) throw new RangeError(`label must be in 0..9: ${label}`);

  const random = randomStream(`shapes/${seed}/${index}`);
  const [backgroundLuma, objectLuma] = randomLumas(random);
  const canvas = createCanvas(size);
  const mask = new Float32Array(size * size);

  fill(canvas, randomSurface(random.derive('background'), backgroundLuma, 0.1));
  drawClutter(canvas, random.derive('clutter'), backgroundLuma);
  const object = place(random.derive('place'), shape);
  drawShadow(canvas, random.derive('shadow'), object);
  stamp(canvas, { ...object, surface: randomSurface(random.derive('object'), objectLuma, 0.1), mask });
  light(canvas, random.derive('light'));
  return { label, size, rgb: canvas.rgb, mask };
}
