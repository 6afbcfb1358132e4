import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow } from '../format/files-below.ts';
import { makeScratch } from '../sandbox/scratch.ts';
import { tensorflowBundling } from '../tensorflow/bundling.ts';
import { wasmAssets } from '../tensorflow/wasm/wasm-files.ts';
import { keepCode, V8_FLAGS } from './code-cache.ts';
import { CODE, PROGRAM } from './program-script.ts';

const GRADER = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(GRADER);
const CACHE = join(ROOT, '.cache', 'runner');
/** Where a package of the grader, which has no sources to build from, carries the runner. */
export const PREBUILT_RUNNER = join(GRADER, 'prebuilt-runner');
/** The rooms whose code the runner contains. */
const ROOMS = ['child', 'format', 'protocol', 'tensorflow'];

/** Name of the script that a child is started with, in the directory where the runner is laid out. */
export const RUNNER = 'runner.mjs';

function sourceHash(): string {
  const hash = createHash('sha256').update(process.versions.node).update(V8_FLAGS.join());
  hash.update(readFileSync(join(ROOT, 'package.json')));
  for (const room of ROOMS) {
    for (const name of filesBelow(join(GRADER, room))) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(GRADER, room, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Lays the runner out in a directory of a run, readable by the user that a child runs as: its script and program beside
 * the WASM files it loads, and what V8 has made of the program, where that is kept.
 */
export async function layOutRunner(directory: string): Promise<void> {
  const built = await buildRunner();
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
  const files = readdirSync(built).map((name) => [join(built, name), name] as const);
  const code = codeOf(built);
  if (existsSync(code)) files.push([code, CODE]);
  for (const [from, name] of files) {
    copyFileSync(from, join(directory, name));
    chmodSync(join(directory, name), 0o644);
  }
}

/** Where V8's code of a built runner lies, if it is kept: beside the runner, since it is this machine's own. */
const codeOf = (built: string): string => `${built}.code`;

/** The runner, built on first use and kept until its sources change; the absolute directory that holds it. */
export async function buildRunner(): Promise<string> {
  if (existsSync(PREBUILT_RUNNER)) return PREBUILT_RUNNER;
  const directory = join(CACHE, sourceHash());
  if (existsSync(directory)) return directory;
  const fresh = freshDirectory();
  const { build } = await import('esbuild');
  const settings = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'silent',
    minify: true,
    keepNames: true,
  } as const;
  await build({
    ...tensorflowBundling,
    ...settings,
    entryPoints: [join(GRADER, 'child', 'runner.ts')],
    // No module: V8 takes code that was made before for scripts alone.
    format: 'cjs',
    outfile: join(fresh, PROGRAM),
    define: { 'import.meta.url': 'ownAddress' },
    banner: { js: "const ownAddress = require('node:url').pathToFileURL(__filename).href;" },
  });
  await build({
    ...settings,
    entryPoints: [join(GRADER, 'child', 'start.ts')],
    format: 'esm',
    outfile: join(fresh, RUNNER),
  });
  for (const asset of wasmAssets()) copyFileSync(asset, join(fresh, basename(asset)));
  if (!fresh.startsWith(CACHE)) return fresh;
  await keepCode({ directory: fresh, file: codeOf(directory) });
  try {
    renameSync(fresh, directory);
  } catch {
    // Another process built the same runner meanwhile.
    rmSync(fresh, { recursive: true, force: true });
  }
  return directory;
}

/** In the cache, or for this process alone where the project may not be written to. */
function freshDirectory(): string {
  try {
    mkdirSync(CACHE, { recursive: true });
    const fresh = mkdtempSync(join(CACHE, 'building-'));
    // Whoever grades may read it, whoever built it.
    chmodSync(fresh, 0o755);
    return fresh;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM') throw error;
    return makeScratch('runner').path;
  }
}
