import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GraderError } from '../format/errors.ts';
import { findProgram } from './system-files.ts';

const NATIVE = join(dirname(fileURLToPath(import.meta.url)), 'native');
const SOURCE = join(NATIVE, 'launcher.c');
const PERL_SOURCE = join(NATIVE, 'launcher.pl');
const CACHE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.cache', 'sandbox');

/** Where the compiled launcher lies, built or not; the name follows its source, so a stale one is never used. */
export function compiledLauncherPath(): string {
  const hash = createHash('sha256')
    .update(process.arch)
    .update(readFileSync(SOURCE))
    .digest('hex')
    .slice(0, 16);
  return join(CACHE, `launcher-${hash}`);
}

/**
 * Compiles the launcher unless that is done already.
 * @returns its absolute path
 * @throws GraderError when there is no C compiler, or it fails
 */
export function buildLauncher(): string {
  const path = compiledLauncherPath();
  if (existsSync(path)) return path;
  const compiler = ['cc', 'gcc', 'clang'].map(findProgram).find((found) => found !== undefined);
  if (!compiler) throw new GraderError('no C compiler (cc, gcc or clang) to build the launcher with');
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, 'building-'));
  try {
    // A static executable starts faster; not every system has the C library for it.
    const outcomes = [['-static'], []].map((linkage) => compile(compiler, linkage, join(fresh, 'launcher')));
    if (!outcomes.includes(undefined)) throw new GraderError(`${compiler}: ${outcomes[1]}`);
    renameSync(join(fresh, 'launcher'), path);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return path;
}

/** @returns what went wrong, if something did */
function compile(compiler: string, linkage: readonly string[], output: string): string | undefined {
  if (existsSync(output)) return undefined;
  const flags = ['-O2', '-Wall', '-Wextra', ...linkage, '-o', output, SOURCE];
  const { status, stderr, error } = spawnSync(compiler, flags, { encoding: 'utf8' });
  if (status === 0) return undefined;
  return error?.message ?? stderr;
}

/** The launcher in C as a command, if it is built or can be built here. */
export function compiledLauncher(): readonly string[] | undefined {
  try {
    return [buildLauncher()];
  } catch {
    // No compiler, or nowhere to put it: perl does the same.
    return undefined;
  }
}

/** The launcher in perl as a command, if there is a perl. */
export function perlLauncher(): readonly string[] | undefined {
  const perl = findProgram('perl');
  return perl ? [perl, PERL_SOURCE] : undefined;
}
