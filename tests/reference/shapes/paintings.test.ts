import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../reference/lib/picture/raster.ts';
import { resize } from '../../../reference/lib/picture/resize.ts';
import { landscape } from '../../../reference/lib/shapes/landscape.ts';
import { styles } from '../../../reference/lib/shapes/styles.ts';

const paintings = [{ name: 'landscape', paint: landscape }, ...styles];
const pinned: Readonly<Record<string, string>> = {
  landscape: '82d6631deac9d091',
  'whirling strokes': 'da1fb68505c1bb68',
  'geometric mosaic': '1775dfa056f24da7',
  'wavy bands': 'cb3890d3f0aa188f',
};

function digest({ data }: Raster): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

const meanDifference = (a: Raster, b: Raster): number =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;

describe.each(paintings)('the $name', ({ name, paint }) => {
  it('is painted the same on every machine', () => {
    expect(digest(paint(40))).toBe(pinned[name]);
  });

  it('has the size asked for and colours in [0, 1]', () => {
    const { width, height, data } = paint(33);
    expect([width, height, data.length]).toEqual([33, 33, 33 * 33 * 3]);
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('is the same composition at every size', () => {
    const reduced = resize(paint(120), { width: 40, height: 40, method: 'area' });
    expect(meanDifference(reduced, paint(40))).toBeLessThan(0.03);
  });

  it('is unlike the other paintings', () => {
    for (const other of paintings.filter((painting) => painting.name !== name)) {
      expect(meanDifference(paint(32), other.paint(32))).toBeGreaterThan(0.12);
    }
  });
});

describe('the drawing code', () => {
  const lib = join(import.meta.dirname, '../../../reference/lib');
  const sources = readdirSync(join(lib, 'shapes')).map((name) => join(lib, 'shapes', name));

  it.each([...sources, join(lib, 'picture/outline.ts')])(
    'uses exactly rounded arithmetic only: %s',
    (path) => {
      const code = readFileSync(path, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
      const exact = new Set(['abs', 'ceil', 'floor', 'max', 'min', 'round', 'sqrt', 'SQRT2']);
      const used = [...code.matchAll(/Math\.(\w+)/g)].map((match) => match[1]);
      expect(used.filter((name) => !exact.has(name))).toEqual([]);
      expect(code).not.toMatch(/\*\*|\.normals?\(/);
    },
  );
});
