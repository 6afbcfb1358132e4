import { circle, polygon } from '../picture/outline.ts';
import type { Outline, Point } from '../picture/outline.ts';
import type { Colour, Raster } from '../picture/raster.ts';
import { randomStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import { createCanvas, mix, plain, rgb, shade, stamp } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { mark } from './clutter.ts';
import { valueNoise } from './texture.ts';

const everywhere = { left: 0, top: 0, right: 1, bottom: 1 };

function paint(canvas: Canvas, outline: Outline, colour: Colour, opacity = 1): void {
  stamp(canvas, { outline, box: everywhere, surface: plain(colour), opacity });
}

function rectangle(left: number, top: number, right: number, bottom: number): Outline {
  return polygon([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]);
}

const horizon = 0.52;

/** Place and scale of each cloud, and the discs that one is made of. */
const clouds = [
  [0.2, 0.13, 0.085],
  [0.47, 0.23, 0.055],
  [0.86, 0.1, 0.06],
] as const;
const puffs = [
  [-0.7, 0, 0.34],
  [-0.15, -0.25, 0.5],
  [0.5, -0.1, 0.42],
  [0.9, 0.02, 0.28],
] as const;

function paintSky(canvas: Canvas, random: RandomStream): void {
  const noise = valueNoise(random, 6);
  shade(canvas, (x, y) => {
    const height = Math.min(1, y / horizon + 0.05 * noise(x, y * 3));
    const sky = mix(rgb(0x2b5d9b), rgb(0xf7d9a8), height * height);
    const [dx, dy] = [x - 0.7, y - 0.24];
    return mix(sky, rgb(0xffe9b0), 0.75 / (1 + 60 * (dx * dx + dy * dy)));
  });
  paint(canvas, circle(0.7, 0.24, 0.07), rgb(0xfff3cf));
  for (const [x, y, scale] of clouds) {
    for (const [dx, dy, radius] of puffs) {
      paint(canvas, circle(x + scale * dx, y + scale * dy, scale * radius), rgb(0xfffaf0), 0.92);
    }
    const base: Point[] = [
      [x - 1.1 * scale, y + 0.12 * scale],
      [x + 1.2 * scale, y + 0.12 * scale],
    ];
    stamp(canvas, { ...mark(base, 0.18 * scale), surface: plain(rgb(0xf3e9dc)), opacity: 0.92 });
  }
}

/** A chain of peaks from the left edge to the right one, closed below. */
function ridge(random: RandomStream, peaks: number, base: number, height: number): Point[] {
  const points: Point[] = [[-0.1, 1.1]];
  for (let i = 0; i <= 2 * peaks; i++) {
    const top = i % 2 === 1 ? height * random.uniform(0.6, 1) : height * random.uniform(0, 0.3);
    points.push([(i / (2 * peaks)) * 1.2 - 0.1, base - top]);
  }
  return [...points, [1.1, 1.1]];
}

function paintMountains(canvas: Canvas, random: RandomStream): void {
  paint(canvas, polygon(ridge(random, 4, horizon, 0.2)), rgb(0x8fa3c4));
  const near = ridge(random, 3, horizon + 0.02, 0.3);
  paint(canvas, polygon(near), rgb(0x5a6f96));
  near.forEach(([x, y], i) => {
    if (i < 2 || i > near.length - 3 || y > near[i - 1][1]) return;
    const part = (to: Point, share: number): Point => [x + share * (to[0] - x), y + share * (to[1] - y)];
    const [left, right] = [part(near[i - 1], 0.4), part(near[i + 1], 0.4)];
    const notch: Point = [x, y + 0.055];
    paint(canvas, polygon([[x, y], right, [x + 0.02, y + 0.085], notch, left]), rgb(0xf4f6fb));
  });
}

function paintLake(canvas: Canvas, random: RandomStream): void {
  paint(canvas, rectangle(-0.1, horizon, 1.1, 1.1), rgb(0x3f7fa6));
  for (let i = 0; i < 90; i++) {
    const y = horizon + 0.01 + 0.26 * Math.sqrt(random.uniform());
    const inGlow = i % 3 === 0;
    const x = inGlow ? 0.7 + random.uniform(-0.06, 0.06) : random.uniform(-0.05, 1);
    const length = random.uniform(0.02, 0.09);
    const colour = inGlow ? rgb(0xffe6ae) : mix(rgb(0x2c6690), rgb(0x8cc3d8), random.uniform());
    stamp(canvas, {
      ...mark(
        [
          [x - length / 2, y],
          [x + length / 2, y],
        ],
        0.0035,
      ),
      surface: plain(colour),
      opacity: 0.8,
    });
  }
}

function paintMeadow(canvas: Canvas, random: RandomStream): void {
  const shore: Point[] = [
    [-0.1, 0.66],
    [0.12, 0.66],
    [0.3, 0.71],
    [0.5, 0.75],
    [0.72, 0.74],
    [0.88, 0.7],
    [1.1, 0.68],
  ];
  paint(canvas, polygon([...shore, [1.1, 1.1], [-0.1, 1.1]]), rgb(0x6da34d));
  paint(
    canvas,
    polygon([
      [-0.1, 0.84],
      [0.25, 0.8],
      [0.6, 0.88],
      [1.1, 0.82],
      [1.1, 1.1],
      [-0.1, 1.1],
    ]),
    rgb(0x4f8a3c),
  );
  paint(
    canvas,
    polygon([
      [0.275, 0.745],
      [0.325, 0.745],
      [0.4, 0.85],
      [0.62, 1.02],
      [0.36, 1.02],
      [0.3, 0.86],
    ]),
    rgb(0xe6cf9a),
  );
  for (let i = 0; i < 70; i++) {
    const [x, y] = [random.uniform(0.02, 0.98), random.uniform(0.86, 0.99)];
    if (x > 0.27 && x < 0.64) continue;
    const petals = [rgb(0xf25f5c), rgb(0xffe066), rgb(0xffffff), rgb(0xb565c9)];
    paint(canvas, circle(x, y, random.uniform(0.005, 0.009)), petals[i % petals.length]);
  }
}

function paintHouse(canvas: Canvas): void {
  paint(canvas, rectangle(0.36, 0.49, 0.395, 0.6), rgb(0x8a4a3a));
  paint(canvas, rectangle(0.18, 0.58, 0.42, 0.75), rgb(0xf3e6d0));
  paint(canvas, rectangle(0.34, 0.58, 0.42, 0.75), rgb(0xd9c7ab));
  paint(
    canvas,
    polygon([
      [0.15, 0.59],
      [0.3, 0.44],
      [0.45, 0.59],
    ]),
    rgb(0xc0392b),
  );
  paint(canvas, rectangle(0.272, 0.655, 0.328, 0.75), rgb(0x6b3f2a));
  for (const x of [0.2, 0.355]) {
    paint(canvas, rectangle(x, 0.625, x + 0.05, 0.68), rgb(0x2f4858));
    paint(canvas, rectangle(x + 0.006, 0.631, x + 0.022, 0.674), rgb(0xffe28a));
    paint(canvas, rectangle(x + 0.028, 0.631, x + 0.044, 0.674), rgb(0xffe28a));
  }
  paint(canvas, circle(0.3, 0.535, 0.022), rgb(0x2f4858));
}

function paintTrees(canvas: Canvas): void {
  for (const [x, foot, height] of [
    [0.8, 0.8, 0.34],
    [0.93, 0.84, 0.42],
    [0.68, 0.78, 0.2],
  ] as const) {
    paint(canvas, rectangle(x - 0.012, foot - 0.06, x + 0.012, foot), rgb(0x5b3a26));
    for (let tier = 0; tier < 3; tier++) {
      const bottom = foot - 0.04 - tier * height * 0.26;
      const half = height * (0.27 - 0.055 * tier);
      const peak: Point = [x, bottom - height * 0.42];
      paint(
        canvas,
        polygon([peak, [x + half, bottom], [x - half, bottom]]),
        mix(rgb(0x1f4d36), rgb(0x3a7d4f), tier / 2),
      );
      paint(canvas, polygon([peak, [x + half, bottom], [x + half * 0.1, bottom]]), rgb(0x14351f), 0.35);
    }
  }
  paint(canvas, rectangle(0.066, 0.66, 0.09, 0.8), rgb(0x5b3a26));
  for (const [dx, dy, radius] of [
    [0, 0, 0.085],
    [-0.05, 0.04, 0.06],
    [0.055, 0.035, 0.06],
  ] as const) {
    paint(canvas, circle(0.078 + dx, 0.6 + dy, radius), rgb(0x7aa83a));
    paint(canvas, circle(0.068 + dx, 0.585 + dy, radius * 0.6), rgb(0xa5c957));
  }
}

/** A house by a lake before mountains: a picture with many objects, as content for style transfer. */
export function landscape(size: number): Raster {
  const canvas = createCanvas(size);
  const random = randomStream('landscape');
  paintSky(canvas, random.derive('sky'));
  paintMountains(canvas, random.derive('mountains'));
  paintLake(canvas, random.derive('lake'));
  paintMeadow(canvas, random.derive('meadow'));
  paintHouse(canvas);
  paintTrees(canvas);
  return { width: size, height: size, data: canvas.rgb };
}
