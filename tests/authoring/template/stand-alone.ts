import { readFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execa, type Result } from 'execa';
import { writeGenerated } from '../../../authoring/template/generated-folder.ts';

export const repository = resolve(import.meta.dirname, '../../..');

function readJson(path: string): { [key: string]: Record<string, string> | undefined } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Writes a template into an empty folder, outside of the repository, whose `node_modules` has only the packages that
 * its own package.json declares: what it uses without declaring it is missing.
 */
export function unpackTemplate(
  folder: string,
  content: ReadonlyMap<string, string | Uint8Array>,
  { without = [] }: { without?: readonly string[] } = {},
): void {
  writeGenerated(folder, content);
  const { dependencies, devDependencies } = readJson(join(folder, 'package.json'));
  const modules = join(folder, 'node_modules');
  const link = (target: string, path: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  };
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    if (without.includes(name)) continue;
    const installed = join(repository, 'node_modules', name);
    link(installed, join(modules, name));
    const { bin } = readJson(join(installed, 'package.json'));
    const commands = typeof bin === 'string' ? { [name]: bin } : (bin ?? {});
    for (const [command, path] of Object.entries(commands)) {
      link(join(installed, path), join(modules, '.bin', command));
    }
  }
}

/** Runs one of the template's scripts as a student would. */
export function npmRun(folder: string, ...args: string[]): Promise<Result> {
  return execa('npm', ['run', '--silent', ...args], { cwd: folder, reject: false });
}
