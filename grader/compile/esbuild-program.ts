import { chmodSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { GraderError } from '../format/errors.ts';

/** The executable of the installed esbuild. */
export function installedEsbuild(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('esbuild'));
  const name = `@esbuild/${process.platform}-${process.arch}`;
  try {
    const directory = dirname(require.resolve(`${name}/package.json`));
    return join(directory, process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild');
  } catch (cause) {
    throw new GraderError(`${name} is not installed; run npm ci`, { cause });
  }
}

/** A copy, for where the installed one lies in a folder that the sandboxed user cannot enter. */
export function copiedEsbuild(directory: string): string {
  const installed = installedEsbuild();
  const path = join(directory, basename(installed));
  copyFileSync(installed, path);
  chmodSync(path, 0o755);
  return path;
}
