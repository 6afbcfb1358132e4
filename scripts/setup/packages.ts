import { execa } from 'execa';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionalPackages } from '../../grader/tensorflow/index.ts';
import type { OptionalBackendName } from '../../grader/tensorflow/index.ts';
import { ROOT } from '../../repository.ts';

const scope = '@tensorflow';

function versionIn(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Removes the packages that the project has in the same version: Node finds those further up, and loads them once. */
function dropShared(modules: string): void {
  for (const name of readdirSync(join(modules, scope))) {
    const installed = join(modules, scope, name);
    if (versionIn(installed) === versionIn(join(ROOT, 'node_modules', scope, name))) {
      rmSync(installed, { recursive: true });
    }
  }
}

/**
 * Installs the packages of an optional backend, and further ones, into a new folder.
 * @throws Error when npm cannot
 */
export async function installPackages(
  name: OptionalBackendName,
  folder: string,
  { scripts = true, further = [] as readonly string[] } = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-audit', '--no-fund', '--legacy-peer-deps', ...(scripts ? [] : ['--ignore-scripts'])];
  await execa('npm', ['install', ...flags, ...optionalPackages[name], ...further], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'inherit',
  });
  dropShared(join(folder, 'node_modules'));
}
