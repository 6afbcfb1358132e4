import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { editedGiven } from '../../grader/practice/edited-given.ts';

it('names the given modules that were edited, and no line ends, own files, texts or missing ones', () => {
  const root = mkdtempSync(join(tmpdir(), 'introspection-given-'));
  const files = (name: string, contents: Record<string, string>): string => {
    mkdirSync(join(root, name, 'lib'), { recursive: true });
    for (const [path, text] of Object.entries(contents)) writeFileSync(join(root, name, path), text);
    return join(root, name);
  };
  const original = {
    'own.ts': 'a\n',
    'lib/one.ts': 'b\n',
    'lib/two.ts': 'c\n',
    'lib/three.ts': 'd\n',
    'README.md': '',
  };
  const template = files('template', original);
  const { 'lib/three.ts': _, ...kept } = original;
  const folder = files('folder', {
    ...kept,
    'own.ts': 'mine\n',
    'lib/one.ts': 'edited\n',
    'lib/two.ts': 'c\r\n',
    'README.md': 'edited',
    'lib/new.ts': '',
  });
  const found = editedGiven({ folder, template, allow: ['own.ts'] });
  rmSync(root, { recursive: true });
  expect(found.map(({ path }) => path)).toEqual(['lib/one.ts']);
});
