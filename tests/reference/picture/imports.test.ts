import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const rooms = ['picture', 'shapes'].map((room) => join(import.meta.dirname, '../../../reference/lib', room));
const modules = rooms.flatMap((room) => readdirSync(room).map((name) => join(room, name)));
/** What reads and writes files of pictures; the only modules here that need Node. */
const needNode = ['files.ts', 'image-magick.ts'];

describe('the picture toolkit and the dataset', () => {
  it.each(modules.filter((path) => !needNode.includes(basename(path))))('bundle without Node: %s', (path) => {
    const specifiers = [...readFileSync(path, 'utf8').matchAll(/ from '([^']+)'/g)].map((match) => match[1]);
    for (const specifier of specifiers) {
      expect(specifier.startsWith('.') || specifier === '@tensorflow/tfjs', specifier).toBe(true);
      expect(needNode, specifier).not.toContain(basename(specifier));
    }
  });
});
