import type { Point } from '../picture/outline.ts';
import type { Colour, Raster } from '../picture/raster.ts';
import { randomStream } from '../random.ts';
import { createCanvas, mix, plain, rgb, shade, stamp } from './canvas.ts';
import { mark } from './clutter.ts';
import { valueNoise, wave } from './texture.ts';

/** The colour at a place of a palette, from 0 (its first colour) to 1 (its last), mixed between neighbours. */
function fromPalette(palette: readonly Colour[], place: number): Colour {
  const position = Math.min(1, Math.max(0, place)) * (palette.length - 1);
  const index = Math.min(palette.length - 2, Math.floor(position));
  return mix(palette[index], palette[index + 1], position - index);
}

/** Centres that the strokes of the night sky turn around: place, reach, sense. */
const whirls = [
  [0.26, 0.3, 0.2, 1],
  [0.72, 0.22, 0.15, -1],
  [0.58, 0.56, 0.24, 1],
  [0.14, 0.72, 0.15, -1],
  [0.88, 0.8, 0.18, -1],
] as const;

/** The direction that a stroke takes at a place, and how near it is to a whirl's centre, from 0 to 1. */
function flow(x: number, y: number): { dx: number; dy: number; glow: number } {
  let [dx, dy, glow] = [0.5, 0.1 * wave(x), 0];
  for (const [cx, cy, reach, sense] of whirls) {
    const [px, py] = [x - cx, y - cy];
    const distance = (px * px + py * py) / (reach * reach);
    const near = 1 / (1 + distance * distance);
    dx += ((-py * sense) / reach) * near * 6;
    dy += ((px * sense) / reach) * near * 6;
    glow = Math.max(glow, 1 / (1 + 8 * distance));
  }
  const length = Math.sqrt(dx * dx + dy * dy) || 1;
  return { dx: dx / length, dy: dy / length, glow };
}

const night = [0x101c4a, 0x1d3c86, 0x2f66b3, 0x5c9bd0, 0xa9d0dc, 0xf1e8a0, 0xf7c331].map(rgb);

/** Style picture: short curved strokes of blue and yellow that whirl around bright centres. */
export function whirlingStrokes(size: number): Raster {
  const canvas = createCanvas(size);
  const random = randomStream('whirling strokes');
  const noise = valueNoise(random, 5);
  shade(canvas, (x, y) => {
    const { glow } = flow(x, y);
    return fromPalette(night, 0.25 + 0.75 * glow * glow);
  });
  for (let i = 0; i < 3600; i++) {
    let [x, y] = [random.uniform(-0.03, 1.03), random.uniform(-0.03, 1.03)];
    const { glow } = flow(x, y);
    const points: Point[] = [[x, y]];
    for (let step = 0; step < 5; step++) {
      const { dx, dy } = flow(x, y);
      x += 0.013 * dx;
      y += 0.013 * dy;
      points.push([x, y]);
    }
    const tone =
      0.3 + 0.24 * noise(x, y) * (1 - glow) + 0.8 * glow * Math.sqrt(glow) + random.uniform(-0.16, 0.16);
    stamp(canvas, {
      ...mark(points, random.uniform(0.004, 0.0075)),
      surface: plain(fromPalette(night, tone)),
    });
  }
  return { width: size, height: size, data: canvas.rgb };
}
