import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GraderError } from '../format/errors.ts';

/** TypeScript's compiler as a program: a script up to version 6, an executable for each platform from 7 on. */
export interface InstalledCompiler {
  readonly kind: 'node' | 'program';
  /** Absolute, with no link on the way. */
  readonly path: string;
}

/** Version 7, where version 6 has the plain name because its programming interface is needed; then what there is. */
const PACKAGES = ['typescript-7', 'typescript'] as const;

/**
 * The compiler that is installed beside the module at `from`, the fastest where there are two.
 * @param from path or file URL of a module; default: the engine's own
 * @throws GraderError when there is none for this platform
 */
export function installedCompiler(from: string = import.meta.url): InstalledCompiler {
  return installedCompilers(from)[0];
}

/**
 * All that are installed beside the module at `from`, the fastest first. Where no executable can be started from, a
 * script still can.
 * @throws GraderError when there is none for this platform
 */
export function installedCompilers(
  from: string = import.meta.url,
): readonly [InstalledCompiler, ...InstalledCompiler[]] {
  let cause: unknown;
  const found = PACKAGES.flatMap((name) => {
    try {
      return [compilerOf(name, from)];
    } catch (error) {
      cause = error;
      return [];
    }
  });
  const [first, ...others] = found;
  if (first) return [first, ...others];
  throw new GraderError('the TypeScript compiler is not installed for this platform; run npm install', {
    cause,
  });
}

function compilerOf(name: string, from: string): InstalledCompiler {
  const manifest = realpathSync(createRequire(from).resolve(`${name}/package.json`));
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  if (Number.parseInt(version, 10) < 7) {
    return { kind: 'node', path: join(dirname(manifest), 'lib', 'tsc.js') };
  }
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const directory = dirname(createRequire(manifest).resolve(`${platform}/package.json`));
  return { kind: 'program', path: join(directory, 'lib', executableName('tsc', process.platform)) };
}

/** The file name of an executable, as a system has it. */
export function executableName(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${name}.exe` : name;
}
