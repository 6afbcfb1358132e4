import type { Raster } from '../picture/raster.ts';
import { randomStream } from '../random.ts';
import { createCanvas, mix, rgb, shade } from './canvas.ts';
import { valueNoise, wave } from './texture.ts';

const dusk = [
  0x7a1f1d, 0xc8401f, 0xee7b2b, 0xf6b13c, 0xf4dd8a, 0xe58a3a, 0x9c4a3c, 0x3f4a63, 0x24405f, 0x2f6f73,
  0x6d8f5a, 0x1c2b3f,
].map(rgb);

/** Style picture: bold wavy bands, red and orange above, blue and green below, with finer lines inside. */
export function wavyBands(size: number): Raster {
  const canvas = createCanvas(size);
  const random = randomStream('wavy bands');
  const [slow, fast] = [valueNoise(random, 3), valueNoise(random, 7)];
  shade(canvas, (x, y) => {
    const level = y + 0.13 * slow(x * 0.9, y) + 0.035 * fast(x, y) + 0.06 * wave(1.5 * x + 0.4 * y);
    const bands = (level + 0.1) * 9;
    const band = Math.floor(bands);
    const inside = bands - band;
    const colour = dusk[((band % dusk.length) + dusk.length) % dusk.length];
    const next = dusk[(((band + 1) % dusk.length) + dusk.length) % dusk.length];
    const brush = 0.5 + 0.5 * wave(bands * 4 + 0.3 * fast(x * 2, y * 2));
    return mix(
      mix(colour, next, inside * inside * 0.45),
      rgb(brush > 0.5 ? 0xfff1c9 : 0x140c12),
      0.3 * Math.abs(brush - 0.5),
    );
  });
  return { width: size, height: size, data: canvas.rgb };
}
