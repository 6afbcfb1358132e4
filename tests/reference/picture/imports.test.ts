import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const rooms = ['picture', 'shapes'].map((room) => join(import.meta.dirname, '../../../reference/lib', room));
const modules = rooms.flatMap((room) => readdirSync(room).map((name) => join(room, name)));

describe('the picture toolkit and the dataset', () => {
  it.each(modules.filter((path) => !path.endsWith('files.ts')))('bundle without Node: %s', (path) => {
    const specifiers = [...readFileSync(path, 'utf8').matchAll(/ from '([^']+)'/g)].map((match) => match[1]);
    for (const specifier of specifiers) {
      expect(specifier.startsWith('.') || specifier === '@tensorflow/tfjs', specifier).toBe(true);
      expect(specifier.endsWith('/files.ts'), specifier).toBe(false);
    }
  });
});
