import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../repository.ts';

/** The files of a room: those whose path below the root matches. */
interface Room {
  readonly name: string;
  readonly files: { test(path: string): boolean };
  /** What a file of it may import beside its own room: paths below the root, `node:` or `package:` and a name. */
  readonly mayImport: readonly { test(path: string): boolean }[];
}

const anyPackage = /^(?:node|package):/;
const tfjs = /^package:@tensorflow\/tfjs$/;

/** The layers of the engine from the bottom up: a room imports only rooms of the layers before its own. */
const LAYERS: readonly (readonly string[])[] = [
  ['format'],
  ['tensorflow', 'sandbox', 'protocol', 'numeric', 'source', 'ingest'],
  ['picture', 'compile', 'child'],
  ['checks'],
  ['mistakes'],
  ['assignment'],
  ['report'],
  ['pipeline'],
  ['self-test', 'practice'],
  ['gradescope'],
  ['cli'],
];

const engine: readonly Room[] = LAYERS.flatMap((layer, height) => {
  const below = LAYERS.slice(0, height).flat();
  return layer.map((room) => ({
    name: `grader/${room}`,
    files: new RegExp(`^grader/${room}/`),
    mayImport: [anyPackage, ...below.map((one) => new RegExp(`^grader/${one}/`))],
  }));
});

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
    /^reference\/(?:cases|rubrics)\//.test(path) ||
    (path.startsWith('reference/parts/') && !shippedFiles.has(path)),
};

const root = /^repository\.ts$/;

/** In order: a file belongs to the first room that matches. */
const rooms: readonly Room[] = [
  {
    name: 'the collect script',
    files: /^collect_submission\.ts$/,
    mayImport: [/^node:/, /^package:archiver$/, /^package:typescript$/],
  },
  { name: 'where the repository keeps its folders', files: root, mayImport: [/^node:/] },
  ...engine,
  {
    name: 'picture files and weight files of the reference’s library',
    files:
      /^reference\/lib\/(?:picture\/(?:files|image-magick)|models\/(?:embedded|model-file)|course\/own-course|drawing-options)\.ts$|^reference\/parts\/[\w-]+\/driver\.ts$/,
    mayImport: [shippedReference, tfjs, /^node:/, /^package:pngjs$/, /^package:@imagemagick\/magick-wasm$/],
  },
  {
    name: 'the builder of the written report',
    files: /^reference\/lib\/report\//,
    mayImport: [/^node:/, /^package:marked$/],
  },
  {
    name: 'what writes the assignment down',
    files: writtenDown,
    mayImport: [/^reference\//, /^grader\/assignment\/define\.ts$/, /^grader\/format\//],
  },
  {
    name: 'the template’s own files',
    files: /^reference\/template\//,
    mayImport: [/^reference\//, tfjs, /^package:@tensorflow\/tfjs-backend-wasm$/, /^node:/],
  },
  { name: 'code that ships to students', files: /^reference\//, mayImport: [shippedReference, tfjs] },
  {
    name: 'authoring',
    files: /^authoring\//,
    mayImport: [anyPackage, root, /^collect_submission\.ts$/, /^(?:grader|picture-sets|reference)\//],
  },
  {
    name: 'models',
    files: /^models\//,
    mayImport: [anyPackage, root, /^grader\/(?:format|tensorflow)\//, shippedReference],
  },
  {
    name: 'imported pictures',
    files: /^picture-sets\//,
    mayImport: [
      anyPackage,
      root,
      /^grader\/format\//,
      /^grader\/sandbox\/process-end\.ts$/,
      /^reference\/lib\/picture\//,
    ],
  },
  {
    name: 'packaging',
    files: /^packaging\//,
    mayImport: [anyPackage, root, /^collect_submission\.ts$/, /^grader\//],
  },
  {
    name: 'compiled programs',
    files: /^compiled\//,
    mayImport: [anyPackage, /^grader\/format\//],
  },
  {
    name: 'batch',
    files: /^batch\//,
    mayImport: [anyPackage, root, /^grader\//],
  },
  {
    name: 'scripts',
    files: /^scripts\//,
    mayImport: [
      anyPackage,
      root,
      /^collect_submission\.ts$/,
      /^(?:authoring|batch|grader|models|packaging|picture-sets|reference)\//,
    ],
  },
  { name: 'tests', files: /^tests\//, mayImport: [/./] },
];

const roomOf = (path: string): Room | undefined => rooms.find((room) => room.files.test(path));

function sources(): string[] {
  const found: string[] = [];
  for (const top of [
    'authoring',
    'batch',
    'compiled',
    'grader',
    'models',
    'packaging',
    'picture-sets',
    'reference',
    'scripts',
    'tests',
  ]) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      const path = relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile() && path.endsWith('.ts') && !path.includes('/data/')) found.push(path);
    }
  }
  return [...found, 'collect_submission.ts', 'repository.ts'];
}

/** Paths below the root, `node:fs`, `package:zod`. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), fileName));
    if (fileName.startsWith('node:')) return fileName;
    return builtinModules.includes(fileName) ? `node:${fileName}` : `package:${fileName}`;
  });
}

const imports = new Map(sources().map((path) => [path, importsOf(path)]));

/** A path of arrows that ends where it begins, if there is one. */
function findCycle(graph: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('imports run one way', () => {
  it('every source file belongs to a room', () => {
    expect([...imports.keys()].filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  for (const room of rooms) {
    it(`${room.name} imports only what it may know`, () => {
      const mine = [...imports].filter(([path]) => roomOf(path) === room);
      expect(mine.length).toBeGreaterThan(0);
      const wrong = mine.flatMap(([path, targets]) =>
        targets
          .filter((target) => roomOf(target) !== room)
          .filter((target) => !room.mayImport.some((allowed) => allowed.test(target)))
          .map((target) => `${path} imports ${target}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('no file imports itself by way of others', () => {
    expect(findCycle(imports)).toBeUndefined();
  });

  it('no two folders of the first and second level import each other', () => {
    const folderOf = (path: string): string =>
      path
        .split('/')
        .slice(0, path.startsWith('grader/') ? 2 : 1)
        .join('/');
    const folders = new Map<string, Set<string>>();
    for (const [path, targets] of imports) {
      const known = folders.get(folderOf(path)) ?? new Set();
      for (const target of targets)
        if (imports.has(target) && folderOf(target) !== folderOf(path)) known.add(folderOf(target));
      folders.set(folderOf(path), known);
    }
    // Cases and rubrics are written in the engine's format; nothing in the engine knows the reference.
    expect(findCycle(folders)).toBeUndefined();
  });

  it('finds a cycle where there is one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['d', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'd', 'b']);
  });
});
