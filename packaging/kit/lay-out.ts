import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { ENGINE_NAME, TYPE_CHECKER } from './engine-package.ts';
import type { Kit } from './kit-contents.ts';

type Files = ReadonlyMap<string, string | Uint8Array>;

/** Writes files below a folder. */
export function writeBelow(folder: string, files: Files): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The packages that a manifest names. */
function packagesOf(manifest: string): string[] {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  return Object.keys({ ...dependencies, ...devDependencies });
}

/**
 * Leaves in a folder what `npm install` would, but with the repository's packages, as links, in the place of those of
 * the registry: the engine, and what its manifest and the folder's own name. What is used without being named is
 * missing.
 * @param options.without packages to leave out
 */
export function installEngine(
  folder: string,
  { engine, without = [] }: { readonly engine: Files; readonly without?: readonly string[] },
): void {
  const own = join(folder, 'node_modules', ENGINE_NAME);
  writeBelow(own, engine);
  const named = [folder, own].flatMap((place) => packagesOf(join(place, 'package.json')));
  for (const name of new Set(named)) {
    if (name === ENGINE_NAME || without.includes(name)) continue;
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    // The kit has by its own name the compiler that the repository has beside another one.
    const installed = name === 'typescript' ? TYPE_CHECKER : name;
    symlinkSync(join(ROOT, 'node_modules', installed), place, 'junction');
  }
}

/** Lays out an installed kit in a folder. */
export function layOut(folder: string, { files, engine }: Pick<Kit, 'files' | 'engine'>): void {
  writeBelow(folder, files);
  installEngine(folder, { engine });
}
