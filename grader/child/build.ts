import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wasmAssets } from '../backend/index.ts';

const GRADER = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(GRADER);
const CACHE = join(ROOT, '.cache', 'runner');
/** The rooms whose code the runner contains. */
const ROOMS = ['backend', 'child', 'data', 'protocol', 'spec'];

/** Name of the runner's script in the directory that {@link buildRunner} returns. */
export const RUNNER = 'runner.mjs';

function sourceHash(): string {
  const hash = createHash('sha256').update(process.versions.node);
  hash.update(readFileSync(join(ROOT, 'package.json')));
  for (const room of ROOMS) {
    for (const name of readdirSync(join(GRADER, room), { recursive: true }).map(String).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(GRADER, room, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The runner as one file beside the WASM files it loads, built on first use and kept until its sources change.
 * @returns the absolute directory that holds {@link RUNNER}
 */
export async function buildRunner(): Promise<string> {
  const directory = join(CACHE, sourceHash());
  if (existsSync(directory)) return directory;
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, 'building-'));
  await build({
    entryPoints: [join(GRADER, 'child', 'runner.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: join(fresh, RUNNER),
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'silent',
    minify: true,
    keepNames: true,
  });
  for (const asset of wasmAssets()) copyFileSync(asset, join(fresh, basename(asset)));
  try {
    renameSync(fresh, directory);
  } catch {
    // Another process built the same runner meanwhile.
    rmSync(fresh, { recursive: true, force: true });
  }
  return directory;
}
