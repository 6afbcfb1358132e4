import { lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import { stage } from '../../grader/ingest/index.ts';
import { scratchFolders, writeTree } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'solve/second.ts', 'pictures/*'];
const scratch = scratchFolders();

const template = (): string =>
  writeTree(scratch(), {
    'solve/first.ts': 'stub 1',
    'solve/second.ts': 'stub 2',
    'given/tool.ts': 'given',
    'package.json': '{}',
    '.gitignore': 'x',
    'node_modules/dependency/index.js': 'x',
    'given/node_modules/dependency/index.js': 'x',
  });
const filesOf = (files: Readonly<Record<string, string>>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => lstatSync(join(folder, path)).isFile())
      .toSorted()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

describe('stage', () => {
  it('lays the student files over the template, without its node_modules', async () => {
    const directory = join(scratch(), 'staged');
    const files = filesOf({ 'solve/first.ts': 'mine', 'pictures/new.png': 'picture' });
    const staged = await stage({ template: template(), files, directory, allow: ALLOW });
    expect(staged).toEqual({
      directory,
      submitted: ['solve/first.ts', 'pictures/new.png'],
      missing: ['solve/second.ts'],
      refused: [],
      notes: [],
    });
    expect(treeOf(directory)).toEqual({
      '.gitignore': 'x',
      'given/tool.ts': 'given',
      'package.json': '{}',
      'pictures/new.png': 'picture',
      'solve/first.ts': 'mine',
      'solve/second.ts': 'stub 2',
    });
  });

  describe('text in other encodings', () => {
    const code = 'export const first = "é – 試";\n'.repeat(3);
    const utf16 = Buffer.from(code, 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    const marked: [string, Uint8Array, boolean][] = [
      ['UTF-16, little end first, with its mark', Buffer.concat([Buffer.from('fffe', 'hex'), utf16]), true],
      ['UTF-16, big end first, with its mark', Buffer.concat([Buffer.from('feff', 'hex'), swapped]), true],
      ['UTF-16 without a mark', utf16, true],
      ['UTF-16, big end first, without a mark', swapped, true],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${code}`), false],
      ['UTF-8', Buffer.from(code), false],
    ];
    it.each(marked)('is written as UTF-8 without a mark: %s', async (_, bytes, isNamed) => {
      const directory = join(scratch(), 'staged');
      const files = new Map([['solve/first.ts', bytes]]);
      const { notes } = await stage({ template: template(), files, directory, allow: ALLOW });
      expect(treeOf(directory)['solve/first.ts']).toBe(code);
      expect(notes).toEqual(isNamed ? ['solve/first.ts is saved as UTF-16; save it as UTF-8'] : []);
    });

    it('leaves alone what is no text by its name, and text that holds a few zeros', async () => {
      const directory = join(scratch(), 'staged');
      const picture = Buffer.from('fffe00010002', 'hex');
      const zeros = Buffer.from('const a = "\0\0\0";');
      const files = new Map([
        ['pictures/a.png', picture],
        ['solve/first.ts', zeros],
      ]);
      const { notes } = await stage({ template: template(), files, directory, allow: ALLOW });
      expect(readFileSync(join(directory, 'pictures/a.png'))).toEqual(picture);
      expect(readFileSync(join(directory, 'solve/first.ts'))).toEqual(zeros);
      expect(notes).toEqual([]);
    });

    it('takes the odd last byte of a file that was cut off for what it is', async () => {
      const directory = join(scratch(), 'staged');
      const files = new Map([['solve/first.ts', Buffer.from('fffe610062', 'hex')]]);
      await stage({ template: template(), files, directory, allow: ALLOW });
      expect(treeOf(directory)['solve/first.ts']).toBe('a\uFFFD');
    });
  });

  it('makes everything readable for all and writable for us only, whatever the umask', async () => {
    const directory = scratch();
    const before = process.umask(0o077);
    try {
      await stage({
        template: template(),
        files: filesOf({ 'solve/first.ts': 'mine' }),
        directory,
        allow: ALLOW,
      });
    } finally {
      process.umask(before);
    }
    const mode = (path: string): string => (lstatSync(join(directory, path)).mode & 0o7777).toString(8);
    expect([mode('.'), mode('solve'), mode('given')]).toEqual(['755', '755', '755']);
    expect([mode('solve/first.ts'), mode('given/tool.ts')]).toEqual(['644', '644']);
  });

  it('reads nothing from the places where the files came from afterwards: no links, only copies', async () => {
    const directory = join(scratch(), 'staged');
    await stage({ template: template(), files: new Map(), directory, allow: ALLOW });
    for (const path of Object.keys(treeOf(directory))) expect(lstatSync(join(directory, path)).nlink).toBe(1);
  });

  const unfresh: [string, (directory: string) => void][] = [
    ['a folder that holds something', (directory) => writeTree(directory, { 'left.txt': 'over' })],
    ['a file', (directory) => writeFileSync(directory, '')],
    ['a link to an empty folder', (directory) => symlinkSync(scratch(), directory)],
    ['a dangling link', (directory) => symlinkSync(join(scratch(), 'nowhere'), directory)],
    ['a folder below one that is missing', () => {}],
  ];
  it.each(unfresh)('refuses %s as the place to stage', async (name, prepare) => {
    const directory = name.includes('missing') ? join(scratch(), 'no', 'staged') : join(scratch(), 'staged');
    prepare(directory);
    const attempt = stage({ template: template(), files: new Map(), directory, allow: ALLOW });
    await expect(attempt).rejects.toThrow(GraderError);
    await expect(attempt).rejects.toThrow('not a fresh folder of ours');
  });

  it.each(['given/tool.ts', 'package.json', '../out.ts', '/out.ts', 'solve/../given/tool.ts'])(
    'never writes %s, even when asked to',
    async (path) => {
      const directory = join(scratch(), 'staged');
      const attempt = stage({
        template: template(),
        files: filesOf({ [path]: 'evil' }),
        directory,
        allow: ALLOW,
      });
      await expect(attempt).rejects.toThrow(GraderError);
    },
  );

  it('leaves out a file whose name the template or another file already has, capitals aside', async () => {
    const source = template();
    writeTree(source, { 'pictures/logo.png': 'given', 'pictures/sub/deep.png': 'given' });
    const directory = join(scratch(), 'staged');
    const files = filesOf({
      'pictures/LOGO.png': 'x',
      'pictures/sub': 'x',
      'pictures/a.png': 'x',
      'pictures/A.png': 'y',
    });
    const staged = await stage({ template: source, files, directory, allow: ALLOW });
    expect(staged.submitted).toEqual(['pictures/a.png']);
    expect(staged.refused.map(({ path }) => path)).toEqual([
      'pictures/LOGO.png',
      'pictures/sub',
      'pictures/A.png',
    ]);
    expect(treeOf(directory)).toMatchObject({
      'pictures/logo.png': 'given',
      'pictures/sub/deep.png': 'given',
    });
  });

  it('says that a template with a link, an empty one and a missing one are our fault', async () => {
    const linked = template();
    symlinkSync('/etc/passwd', join(linked, 'solve/extra.ts'));
    const empty = scratch();
    mkdirSync(join(empty, 'node_modules'));
    for (const source of [linked, empty, join(scratch(), 'nothing')]) {
      const options = {
        template: source,
        files: new Map(),
        directory: join(scratch(), 'staged'),
        allow: ALLOW,
      };
      await expect(stage(options)).rejects.toThrow(GraderError);
    }
  });
});
