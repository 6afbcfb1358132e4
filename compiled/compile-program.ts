import { build, transform, type Metafile, type Plugin } from 'esbuild';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeAtomically } from '../grader/format/write-atomically.ts';
import { hashOf, recordOf, ROOT } from './record.mjs';

/** Packages of many small modules, which load faster as part of the program. Their versions are the lock file's. */
const BUNDLED = new Set(['commander', 'p-limit', 'yocto-queue', 'zod']);
/** What else decides what is made: the versions of packages and of what compiles. */
const SETTINGS = ['package.json', 'package-lock.json', 'compiled/record.mjs', 'compiled/compile-program.ts'];
const MINUTE_MS = 60_000;
/** The clock of files lags behind by a tick of the kernel, of up to 10 ms. */
const TICK_MS = 20;
const REQUIRED = 'required';

/** Lets each module believe that it still lies at its own place. */
const atTheirPlaces: Plugin = {
  name: 'at-their-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (path.includes(`${sep}node_modules${sep}`) || !text.includes('import.meta.')) return undefined;
      const { code } = await transform(text, {
        loader: 'ts',
        target: 'node20',
        define: {
          'import.meta.url': JSON.stringify(pathToFileURL(path).href),
          'import.meta.dirname': JSON.stringify(dirname(path)),
          'import.meta.filename': JSON.stringify(path),
        },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/**
 * Leaves packages where they are installed. TypeScript is required: importing a script of nine megabytes has Node.js
 * search it for names first, which takes longer than running it.
 */
const packages: Plugin = {
  name: 'packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, ({ path, namespace }) =>
      namespace === REQUIRED ? { path, external: true } : { path, namespace: REQUIRED },
    );
    onLoad({ filter: /.*/, namespace: REQUIRED }, ({ path }) => ({
      contents: `export default require(${JSON.stringify(path)});`,
    }));
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point') return undefined;
      const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(path) ?? [path];
      const isBundled = BUNDLED.has(name) || importer.includes(`${sep}node_modules${sep}`);
      return isBundled ? undefined : { path, external: true };
    });
  },
};

/** The sources of the repository in a build, by their paths below the root, in order. */
function inputsOf({ inputs }: Metafile): string[] {
  const sources = Object.keys(inputs).filter(
    (path) => !path.includes(':') && !path.startsWith('node_modules/') && !path.includes('/node_modules/'),
  );
  return [...new Set([...sources, ...SETTINGS])].toSorted();
}

/**
 * Compiles a program of this repository and writes down what it was made of.
 * @param program path of its main module below the root
 * @returns absolute path of the compiled module; undefined where nothing can be written, or a source changed meanwhile
 */
export async function compileProgram(program: string): Promise<string | undefined> {
  const record = recordOf(program);
  const folder = dirname(record);
  const name = basename(record, '.json');
  let fresh: string;
  try {
    mkdirSync(folder, { recursive: true });
    fresh = mkdtempSync(join(folder, 'building-'));
    // Others may run what one of them has compiled.
    chmodSync(fresh, 0o755);
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  const begin = Date.now() - TICK_MS;
  try {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: { main: join(ROOT, program) },
      outdir: fresh,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      keepNames: true,
      metafile: true,
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
      plugins: [atTheirPlaces, packages],
      logLevel: 'warning',
    });
    const inputs = inputsOf(metafile);
    const hash = hashOf(inputs);
    // It may have been read as it was before: what was built has no hash.
    if (hash === undefined || inputs.some((path) => changedSince(path, begin))) return undefined;
    const place = join(folder, `${name}-${hash.slice(0, 16)}`);
    const main = join(place, 'main.mjs');
    moveTo(fresh, place);
    writeAtomically(record, JSON.stringify({ hash, inputs, main }));
    removeOld(folder, name, basename(place));
    return main;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** By the time that nobody can set. */
const changedSince = (path: string, begin: number): boolean =>
  (statSync(join(ROOT, path), { throwIfNoEntry: false })?.ctimeMs ?? Infinity) > begin;

function moveTo(fresh: string, place: string): void {
  try {
    renameSync(fresh, place);
  } catch (error) {
    // Another process has made the same meanwhile.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Removes earlier builds of a program and what was left half built, but nothing that may still be needed. */
function removeOld(folder: string, name: string, kept: string): void {
  for (const entry of readdirSync(folder)) {
    const isBuild = entry.startsWith(`${name}-`) && /-[0-9a-f]{16}$/.test(entry);
    const path = join(folder, entry);
    if ((!isBuild && !entry.startsWith('building-')) || entry === kept) continue;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age < 60 * MINUTE_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}
