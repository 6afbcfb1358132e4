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

/**
 * The compiler that is installed beside the module at `from`.
 * @param from path or file URL of a module; default: the engine's own
 * @throws GraderError when there is none for this platform
 */
export function installedCompiler(from: string = import.meta.url): InstalledCompiler {
  const require = createRequire(from);
  try {
    const manifest = realpathSync(require.resolve('typescript/package.json'));
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    if (Number.parseInt(version, 10) < 7) {
      return { kind: 'node', path: join(dirname(manifest), 'lib', 'tsc.js') };
    }
    const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
    const directory = dirname(createRequire(manifest).resolve(`${platform}/package.json`));
    return { kind: 'program', path: join(directory, 'lib', executableName('tsc', process.platform)) };
  } catch (cause) {
    throw new GraderError('the TypeScript compiler is not installed for this platform; run npm install', {
      cause,
    });
  }
}

/** The file name of an executable, as a system has it. */
export function executableName(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${name}.exe` : name;
}
