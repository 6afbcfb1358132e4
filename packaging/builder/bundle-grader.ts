import { build } from 'esbuild';
import { join, relative } from 'node:path';
import { ROOT } from '../../repository.ts';
import { keepPlaces, REQUIRE_BANNER } from './keep-places.ts';

const GRADER = join(ROOT, 'grader');

/** Programs of the package, by the path of their source in `grader/`. */
const PROGRAMS = { 'run-autograder': 'cli/run-autograder.ts', 'check-image': 'cli/check-image.ts' };

/** Packages that are installed in the image: programs of their own, or used by one. */
export const INSTALLED_PACKAGES = ['@tensorflow/tfjs', 'esbuild', 'typescript', 'typescript-7'] as const;

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
    banner: REQUIRE_BANNER,
    plugins: [keepPlaces],
    write: false,
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [relative(outdir, path), contents]));
}
