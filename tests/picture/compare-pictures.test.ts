import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import type { Raster } from '../../grader/picture/index.ts';
import { comparePictures, measureDifference } from '../../grader/picture/index.ts';
import { changed, drawn, flat, heatMap, noise } from './rasters.ts';

const heat = heatMap(96, 64, { x: 30, y: 20 });
const strict = { threshold: 0.1, maxDifferentShare: 0 };

describe('comparePictures', () => {
  it('takes a picture for itself, whatever the strictness', () => {
    for (const raster of [heat, noise(31, 17, 'a'), flat(1, 1, [0, 0, 0, 0])]) {
      const { equal, differentShare } = comparePictures({
        actual: raster,
        expected: raster,
        threshold: 0,
        maxDifferentShare: 0,
      });
      expect({ equal, differentShare }).toEqual({ equal: true, differentShare: 0 });
    }
  });

  it('names both sizes where they differ, also when the number of pixels is the same', () => {
    expect(comparePictures({ actual: flat(64, 96, [0, 0, 0]), expected: heat, ...strict })).toEqual({
      equal: false,
      message: '64x96 pixels, expected 96x64 pixels',
      differentShare: 1,
    });
  });

  it('says how many pixels differ, how many may, and where they lie', () => {
    const actual = changed(heat, (x, y) =>
      x >= 70 && x < 80 && y >= 50 && y < 55 ? [255, 255, 255] : undefined,
    );
    const comparison = comparePictures({ actual, expected: heat, threshold: 0.1, maxDifferentShare: 0.005 });
    expect(comparison.message).toBe(
      'size ok; 50 of 6144 pixels differ (0.81%, at most 0.5% may); they lie in columns 70 to 79, rows 50 to 54',
    );
    expect(comparison.differentShare).toBe(50 / 6144);
  });

  it('lets through exactly the share that is allowed', () => {
    const actual = changed(heat, (x, y) => (x < 8 && y < 8 ? [0, 255, 0] : undefined));
    const pair = { actual, expected: heat, threshold: 0.1 };
    expect(comparePictures({ ...pair, maxDifferentShare: 64 / 6144 })).toMatchObject({
      equal: true,
      differentShare: 64 / 6144,
    });
    expect(comparePictures({ ...pair, maxDifferentShare: 63 / 6144 }).equal).toBe(false);
  });

  it('counts thin lines and single pixels, which a detector of anti-aliasing would excuse', () => {
    const line = changed(heat, (x, y) => (y === Math.floor(x / 2) ? [255, 255, 255] : undefined));
    expect(measureDifference({ actual: line, expected: heat, threshold: 0.1 }).differentPixels).toBe(96);
  });

  it('paints the differing pixels red over the faded expected picture', () => {
    const actual = changed(heat, (x, y) => (x === 5 && y === 6 ? [255, 255, 255] : undefined));
    const { diff } = measureDifference({ actual, expected: heat, threshold: 0.1 });
    const at = (x: number, y: number): number[] => [
      ...diff.data.subarray(4 * (y * 96 + x), 4 * (y * 96 + x) + 4),
    ];
    expect(at(5, 6)).toEqual([255, 0, 0, 255]);
    const [red, green, blue, opacity] = at(30, 20);
    expect([red, green, opacity]).toEqual([green, blue, 255]);
  });

  it('tells the transparent from the white', () => {
    const pair = { actual: flat(16, 16, [255, 255, 255, 0]), expected: flat(16, 16, [255, 255, 255]) };
    expect(comparePictures({ ...pair, threshold: 0.1, maxDifferentShare: 0.5 }).equal).toBe(false);
  });

  it('reads rasters that lie anywhere in memory', () => {
    const shifted = Buffer.alloc(heat.data.length + 1);
    shifted.set(heat.data, 1);
    const actual: Raster = { ...heat, data: shifted.subarray(1) };
    expect(comparePictures({ actual, expected: heat, ...strict }).equal).toBe(true);
  });

  it('takes nonsense from its caller for our fault', () => {
    const pair = { actual: heat, expected: heat };
    expect(() => comparePictures({ ...pair, threshold: 2, maxDifferentShare: 0 })).toThrow(GraderError);
    expect(() => comparePictures({ ...pair, threshold: 0.1, maxDifferentShare: NaN })).toThrow(GraderError);
    const broken = { width: 96, height: 64, data: new Uint8Array(3) };
    expect(() => comparePictures({ actual: broken, expected: heat, ...strict })).toThrow(GraderError);
  });
});

describe('the matcher, whose verdicts have moved between versions', () => {
  it('is the version that these numbers were made with, and pinned', () => {
    const manifest = (path: string): { version: string; dependencies: Record<string, string> } =>
      JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
    expect(manifest('../../node_modules/pixelmatch/package.json').version).toBe('7.2.0');
    expect(manifest('../../package.json').dependencies.pixelmatch).toBe('7.2.0');
  });

  const moved = heatMap(96, 64, { x: 33, y: 20 });
  // The last two by hand: a step s of red has distance 0.16013 s^2, so 24 and 47 levels are the first to count.
  const ramp = (step: number): Raster => drawn(256, 4, (x) => [Math.min(255, x + step), x, x]);
  const pairs: [string, Raster, Raster, number, number][] = [
    ['noise against noise', noise(64, 64, 'a'), noise(64, 64, 'b'), 0.1, 3992],
    ['noise against noise, leniently', noise(64, 64, 'a'), noise(64, 64, 'b'), 0.5, 714],
    ['a heat map whose peak moved by 3 pixels', moved, heat, 0.1, 258],
    ['a heat map whose peak moved by 3 pixels, strictly', moved, heat, 0.02, 990],
    ['red raised by 30 levels', ramp(30), ramp(0), 0.05, 928],
    ['red raised by 60 levels', ramp(60), ramp(0), 0.1, 836],
  ];
  it.each(pairs)('counts the known number of pixels for %s', (_, actual, expected, threshold, count) => {
    expect(measureDifference({ actual, expected, threshold }).differentPixels).toBe(count);
  });

  it.each(pairs)(
    "agrees with the paper's metric, written down anew, for %s",
    (_, actual, expected, threshold) => {
      let count = 0;
      for (let at = 0; at < actual.data.length; at += 4) {
        if (yiqDistance(actual, expected, at) > threshold * threshold * LARGEST_YIQ_DISTANCE) count++;
      }
      expect(measureDifference({ actual, expected, threshold }).differentPixels).toBe(count);
    },
  );
});

const LARGEST_YIQ_DISTANCE = 35215;

/** The squared colour distance of Kotsarenko and Ramos (2010), equation 35, for opaque pixels. */
function yiqDistance(a: Raster, b: Raster, at: number): number {
  const [red, green, blue] = [0, 1, 2].map((channel) => a.data[at + channel] - b.data[at + channel]);
  const y = 0.29889531 * red + 0.58662247 * green + 0.11448223 * blue;
  const i = 0.59597799 * red - 0.2741761 * green - 0.32180189 * blue;
  const q = 0.21147017 * red - 0.52261711 * green + 0.31114694 * blue;
  return 0.5053 * y ** 2 + 0.299 * i ** 2 + 0.1957 * q ** 2;
}
