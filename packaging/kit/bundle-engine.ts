import { build } from 'esbuild';
import { join, relative } from 'node:path';
import { ROOT } from '../../repository.ts';
import { keepPlaces, REQUIRE_BANNER } from '../builder/keep-places.ts';

/** Programs of the kit's engine, by the name of their module. */
const PROGRAMS = { kit: 'kit.ts', prepare: 'prepare.ts', vitest: 'vitest.ts' };

/**
 * Packages that npm installs beside the engine. TensorFlow.js must be the one that students import; esbuild and the
 * type checker are executables; tsx is a loader that the template needs, too.
 */
export const INSTALLED_BESIDE = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-wasm',
  'esbuild',
  'tsx',
] as const;

/**
 * The engine as plain JavaScript, by path below the package's `grader/`: a module for each program, which loads the
 * rest when it is needed. TypeScript's parser is in it, since the package of version 7 brings none.
 */
export async function bundleEngine(): Promise<Map<string, Uint8Array>> {
  const outdir = join(ROOT, 'dist', 'kit');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(PROGRAMS).map(([out, path]) => ({
      in: join(ROOT, 'packaging', 'kit', 'programs', path),
      out,
    })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: INSTALLED_BESIDE.flatMap((name) => [name, `${name}/*`]),
    // TypeScript asks for its own file name.
    banner: { js: `${REQUIRE_BANNER.js} const __filename = import.meta.filename;` },
    plugins: [keepPlaces],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [relative(outdir, path), contents]));
}
