import type { Raster } from '../../grader/picture/index.ts';
import { randomStream } from '../../reference/lib/random.ts';

export type Colour = readonly [red: number, green: number, blue: number, opacity?: number];

/** A raster drawn by a function of the pixel; opaque unless the colour says otherwise. */
export function drawn(width: number, height: number, colourAt: (x: number, y: number) => Colour): Raster {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, opacity = 255] = colourAt(x, y);
      data.set([red, green, blue, opacity], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

export const flat = (width: number, height: number, colour: Colour): Raster =>
  drawn(width, height, () => colour);

/** Every pixel of a random colour. */
export function noise(width: number, height: number, seed: string): Raster {
  const random = randomStream(seed);
  return drawn(width, height, () => [random.integer(0, 255), random.integer(0, 255), random.integer(0, 255)]);
}

/** A smooth heat map with one peak, like the pictures of this course. */
export function heatMap(width: number, height: number, peak: { x: number; y: number }): Raster {
  return drawn(width, height, (x, y) => {
    const heat = Math.exp(-((x - peak.x) ** 2 + (y - peak.y) ** 2) / (0.02 * width * height));
    return [Math.round(255 * heat), Math.round(160 * heat * heat), Math.round(60 * (1 - heat))];
  });
}

/** The raster with some pixels replaced. */
export function changed(raster: Raster, change: (x: number, y: number) => Colour | undefined): Raster {
  const { width, height, data } = raster;
  return drawn(
    width,
    height,
    (x, y) =>
      change(x, y) ?? ([...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)] as unknown as Colour),
  );
}
