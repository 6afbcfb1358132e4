import { build, transform, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../../repository.ts';

const GRADER = join(ROOT, 'grader');

/** Programs of the package, by the path of their source in `grader/`. */
const PROGRAMS = { 'run-autograder': 'cli/run-autograder.ts', 'check-image': 'cli/check-image.ts' };

/** Packages that are installed in the image: programs of their own, or used by one. */
export const INSTALLED_PACKAGES = ['@tensorflow/tfjs', 'esbuild', 'typescript'] as const;

/**
 * Lets each module believe that it still lies at its own place below `grader/`, so that the files it looks for beside
 * itself are found in the package at the same places.
 */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/grader\/.*\.ts$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const { code } = await transform(text, {
        loader: 'ts',
        target: 'node20',
        define: { 'import.meta.url': 'placeOfThisModule' },
      });
      const place = JSON.stringify(`./${relative(GRADER, path).split(sep).join('/')}`);
      const declaration = `const placeOfThisModule = new URL(${place}, import.meta.url).href;\n`;
      return { contents: declaration + code, loader: 'js' };
    });
  },
};

/** The grader as plain JavaScript, by path below the package's `grader/`. */
export async function bundleGrader(): Promise<Map<string, Uint8Array>> {
  const outdir = join(ROOT, 'dist', 'grader');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(PROGRAMS).map(([out, path]) => ({ in: join(GRADER, path), out })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...INSTALLED_PACKAGES],
    // Packages that are CommonJS inside ask for node:'s own modules by require.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [keepPlaces],
    write: false,
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [relative(outdir, path), contents]));
}
