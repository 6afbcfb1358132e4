import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';

/** The files of a room: those whose path below the root matches. */
interface Room {
  readonly name: string;
  readonly files: { test(path: string): boolean };
  /** What a file of it may import: paths below the root, or `node:` and package names. */
  readonly mayImport: readonly { test(path: string): boolean }[];
}

const anyPackage = /^(?:node:|@?[a-z][\w./-]*$)/;
const tfjs = /^@tensorflow\/tfjs$/;

/** The files of parts that ship to students: the ones that a `part.ts` lists as a source. */
const shippedFiles = new Set(
  readdirSync(join(ROOT, 'reference/parts')).flatMap((id) => {
    const definition = join(ROOT, 'reference/parts', id, 'part.ts');
    const text = existsSync(definition) ? readFileSync(definition, 'utf8') : '';
    return [...text.matchAll(/source: '([^']+)'/g)].map(([, file]) => `reference/parts/${id}/${file}`);
  }),
);
const shippedReference = {
  test: (path: string) => /^reference\/(?:contract|lib)\//.test(path) || shippedFiles.has(path),
};
/** What cases and checks are made of, and all that a folder of a part holds besides: definition, cases, rubric. */
const writtenDown = {
  test: (path: string) =>
    path === 'reference/assignment.ts' ||
    /^reference\/(?:cases|checks)\//.test(path) ||
    (path.startsWith('reference/parts/') && !shippedFiles.has(path)),
};

/** In order: a file belongs to the first room that matches. */
const rooms: readonly Room[] = [
  {
    name: 'the collect script',
    files: /^collect_submission\.ts$/,
    mayImport: [/^node:/, /^archiver$/, /^typescript$/],
  },
  { name: 'the engine', files: /^grader\//, mayImport: [/^grader\//, anyPackage] },
  {
    name: 'picture files and weight files of the reference’s library',
    files:
      /^reference\/lib\/(?:picture\/files|models\/(?:embedded|model-file)|drawing-options)\.ts$|^reference\/parts\/[\w-]+\/driver\.ts$/,
    mayImport: [shippedReference, tfjs, /^node:/, /^pngjs$/, /^jpeg-js$/],
  },
  {
    name: 'the builder of the written report',
    files: /^reference\/lib\/report\//,
    mayImport: [/^reference\/lib\/report\//, /^node:/, /^marked$/],
  },
  {
    name: 'what writes the assignment down',
    files: writtenDown,
    mayImport: [/^reference\//, /^grader\/spec\//],
  },
  {
    name: 'the template’s own files',
    files: /^reference\/template\//,
    mayImport: [/^reference\//, tfjs, /^@tensorflow\/tfjs-backend-wasm$/, /^node:/],
  },
  { name: 'code that ships to students', files: /^reference\//, mayImport: [shippedReference, tfjs] },
  { name: 'scripts', files: /^scripts\//, mayImport: [/^(?!tests\/)/] },
  { name: 'tests', files: /^tests\//, mayImport: [/./] },
];

function sources(): string[] {
  const found: string[] = [];
  for (const top of ['grader', 'reference', 'scripts', 'tests']) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      const path = relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile() && path.endsWith('.ts') && !/\/data\//.test(path.replace('grader/data/', '')))
        found.push(path);
    }
  }
  return [...found, 'collect_submission.ts'];
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(path), fileName))
          .split(sep)
          .join('/')
      : builtinModules.includes(fileName)
        ? `node:${fileName}`
        : fileName,
  );
}

describe('imports run one way', () => {
  const files = sources();
  for (const room of rooms) {
    it(`${room.name} imports only what it may know`, () => {
      const mine = files.filter((path) => rooms.find((one) => one.files.test(path)) === room);
      expect(mine.length).toBeGreaterThan(0);
      const wrong = mine.flatMap((path) =>
        importsOf(path)
          .filter((target) => !room.mayImport.some((allowed) => allowed.test(target)))
          .map((target) => `${path} imports ${target}`),
      );
      expect(wrong).toEqual([]);
    });
  }
});
