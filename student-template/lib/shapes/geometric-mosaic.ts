import { circle, polygon, without } from '../picture/outline.ts';
import type { Outline } from '../picture/outline.ts';
import type { Colour, Raster } from '../picture/raster.ts';
import { randomStream } from '../random.ts';
import { createCanvas, mix, plain, rgb, shade, stamp } from './canvas.ts';
import { mark } from './clutter.ts';
import { randomDirection } from './random-direction.ts';

const facetColours = [0xd7263d, 0xf46036, 0xf9c80e, 0x2e294e, 0x1b998b, 0x3a86c8, 0xf2e9dc, 0x8e3b76].map(
  rgb,
);

/** Style picture: a mosaic of coloured facets with dark joints, rings, discs and bars laid over it. */
export function geometricMosaic(size: number): Raster {
  const canvas = createCanvas(size);
  const random = randomStream('geometric mosaic');
  const cells = 9;
  const sites = Array.from({ length: cells * cells }, (_, i) => ({
    x: ((i % cells) + random.uniform(0.05, 0.95)) / cells,
    y: (Math.floor(i / cells) + random.uniform(0.05, 0.95)) / cells,
    colour: mix(facetColours[random.integer(0, 7)], rgb(0xffffff), random.uniform(0, 0.25)),
  }));
  shade(canvas, (x, y) => {
    let [first, second, colour] = [Infinity, Infinity, facetColours[0]];
    for (const site of sites) {
      const distance = Math.abs(x - site.x) + Math.abs(y - site.y);
      if (distance < first) {
        [first, second, colour] = [distance, first, site.colour];
      } else if (distance < second) second = distance;
    }
    return second - first < 0.009 ? rgb(0x1a1423) : colour;
  });
  const paint = (outline: Outline, colour: Colour, opacity = 0.92): void =>
    stamp(canvas, {
      outline,
      box: { left: 0, top: 0, right: 1, bottom: 1 },
      surface: plain(colour),
      opacity,
    });
  for (let i = 0; i < 9; i++) {
    const [x, y, radius] = [
      random.uniform(0.08, 0.92),
      random.uniform(0.08, 0.92),
      random.uniform(0.05, 0.13),
    ];
    paint(circle(x, y, radius), rgb(0x1a1423));
    paint(circle(x, y, radius * 0.9), facetColours[i % 8], 1);
    paint(without(circle(x, y, radius * 0.68), circle(x, y, radius * 0.4)), facetColours[(i + 3) % 8], 1);
  }
  for (let i = 0; i < 12; i++) {
    const [x, y] = [random.uniform(), random.uniform()];
    const [dx, dy] = randomDirection(random);
    const length = random.uniform(0.12, 0.32);
    stamp(canvas, {
      ...mark(
        [
          [x, y],
          [x + dx * length, y + dy * length],
        ],
        0.007,
      ),
      surface: plain(rgb(0x1a1423)),
    });
  }
  for (let i = 0; i < 6; i++) {
    const [x, y, s] = [random.uniform(0.1, 0.9), random.uniform(0.1, 0.9), random.uniform(0.05, 0.1)];
    const [dx, dy] = randomDirection(random);
    paint(
      polygon([
        [x + dx * s, y + dy * s],
        [x - dy * s, y + dx * s],
        [x + dy * s, y - dx * s],
      ]),
      facetColours[(5 * i + 2) % 8],
    );
  }
  return { width: size, height: size, data: canvas.rgb };
}
