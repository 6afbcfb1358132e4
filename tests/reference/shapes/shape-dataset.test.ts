import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawShape } from '../../../reference/lib/shapes/draw-shape.ts';
import { shapeBatch } from '../../../reference/lib/shapes/shape-batch.ts';
import { shapeClasses, shapeClassNames, shapeRadius } from '../../../reference/lib/shapes/shape-classes.ts';

function digest(...arrays: readonly Float32Array[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest('hex').slice(0, 16);
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the shapes dataset', () => {
  it('draws the same bytes on every machine', () => {
    const pinned = [0, 1, 2].map((index) => {
      const { rgb, mask } = drawShape({ seed: 'pinned', index, size: 64 });
      return digest(rgb, mask);
    });
    expect(pinned).toEqual(['48c5b17ab29c2057', 'c7d38541e0480690', '9a0330304ee18381']);
  });

  it('draws the same picture alone as in a batch', () => {
    const batch = shapeBatch({ seed: 5, start: 7, count: 3, size: 32 });
    const second = drawShape({ seed: 5, index: 8, size: 32 });
    expect(batch.images.slice(32 * 32 * 3, 2 * 32 * 32 * 3)).toEqual(second.rgb);
    expect(batch.masks.slice(32 * 32, 2 * 32 * 32)).toEqual(second.mask);
    expect(batch.labels[1]).toBe(second.label);
  });

  it('draws other pictures for another seed or index', () => {
    const digests = [
      drawShape({ seed: 'a', index: 0, size: 16 }),
      drawShape({ seed: 'b', index: 0, size: 16 }),
      drawShape({ seed: 'a', index: 1, size: 16 }),
    ].map(({ rgb }) => digest(rgb));
    expect(new Set(digests).size).toBe(3);
  });

  it('shows every class once in each ten pictures, in varying order', () => {
    const { labels } = shapeBatch({ seed: 1, start: 0, count: 40, size: 8 });
    const blocks = [0, 10, 20, 30].map((start) => Array.from(labels.slice(start, start + 10)));
    for (const block of blocks)
      expect(block.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(blocks.map(String)).size).toBe(4);
  });

  it('gives nothing but the outline away: outside and inside of both objects, two classes look the same', () => {
    const disc = drawShape({ seed: 3, index: 4, size: 48, label: 0 });
    const star = drawShape({ seed: 3, index: 4, size: 48, label: 4 });
    const corners = [0, 47, 47 * 48, 48 * 48 - 1];
    for (const at of corners) {
      expect(disc.mask[at] + star.mask[at]).toBe(0);
      expect(disc.rgb.slice(3 * at, 3 * at + 3)).toEqual(star.rgb.slice(3 * at, 3 * at + 3));
    }
    const shared = disc.mask.findIndex((covered, at) => covered === 1 && star.mask[at] === 1);
    expect(disc.rgb.slice(3 * shared, 3 * shared + 3)).toEqual(star.rgb.slice(3 * shared, 3 * shared + 3));
    expect(disc.rgb).not.toEqual(star.rgb);
  });

  it('keeps colours and masks in [0, 1] and the whole object inside the picture', () => {
    for (let index = 0; index < 50; index++) {
      const { rgb, mask } = drawShape({ seed: 'range', index, size: 64 });
      for (const values of [rgb, mask]) expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      for (let i = 0; i < 64; i++) {
        expect(mask[i] + mask[63 * 64 + i] + mask[i * 64] + mask[i * 64 + 63]).toBe(0);
      }
    }
  });

  it('has objects that cover 12 to 20 percent of the picture on average, no class far from the others', () => {
    const size = 32;
    const { masks, labels } = shapeBatch({ seed: 'area', start: 0, count: 600, size });
    const areas = shapeClassNames.map(() => 0);
    labels.forEach((label, i) => {
      areas[label] += mean(masks.slice(i * size * size, (i + 1) * size * size)) / 60;
    });
    const overall = areas.reduce((sum, area) => sum + area, 0) / 10;
    expect(overall).toBeGreaterThan(0.12);
    expect(overall).toBeLessThan(0.2);
    for (const area of areas) expect(Math.abs(area - overall)).toBeLessThan(0.06);
  });

  it('masks what was painted: pixels that the object covers differ in luma from those far away', () => {
    for (let index = 0; index < 40; index++) {
      const { rgb, mask } = drawShape({ seed: 'contrast', index, size: 48 });
      const sums = { inside: 0, outside: 0, insideCount: 0, outsideCount: 0 };
      mask.forEach((covered, at) => {
        const luma = 0.299 * rgb[3 * at] + 0.587 * rgb[3 * at + 1] + 0.114 * rgb[3 * at + 2];
        if (covered === 1) {
          sums.inside += luma;
          sums.insideCount++;
        } else if (covered === 0) {
          sums.outside += luma;
          sums.outsideCount++;
        }
      });
      expect(Math.abs(sums.inside / sums.insideCount - sums.outside / sums.outsideCount)).toBeGreaterThan(
        0.1,
      );
    }
  });

  it('has the same object at every size', () => {
    const small = drawShape({ seed: 'scale', index: 2, size: 32 });
    const large = drawShape({ seed: 'scale', index: 2, size: 128 });
    expect(mean(small.mask)).toBeCloseTo(mean(large.mask), 2);
  });

  it('refuses a size, index or label that it cannot draw', () => {
    expect(() => drawShape({ seed: 0, index: 0, size: 4 })).toThrow('size');
    expect(() => drawShape({ seed: 0, index: -1, size: 32 })).toThrow('index');
    expect(() => drawShape({ seed: 0, index: 0, size: 32, label: 10 })).toThrow('label');
    expect(() => drawShape({ seed: 0, index: 0, size: 32, label: -1 })).toThrow('label');
  });
});

describe('a class outline', () => {
  it.each(shapeClasses)('$name lies within the common radius and reaches most of it', ({ outline }) => {
    let deepest = Infinity;
    for (let i = 0; i < 720; i++) {
      const angle = (i * Math.PI) / 360;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      expect(outline(1.001 * shapeRadius * x, 1.001 * shapeRadius * y)).toBeGreaterThan(0);
      deepest = Math.min(deepest, outline(0.7 * x, 0.7 * y));
    }
    expect(deepest).toBeLessThan(0);
  });
});
