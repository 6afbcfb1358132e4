import { resolve } from 'node:path';
import { execa, type Result } from 'execa';
import { writeGenerated } from '../../../authoring/template/generated-folder.ts';
import { installEngine } from '../../../packaging/kit/lay-out.ts';
import { courseKit } from '../../packaging/kit/laid-out-kit.ts';

export const repository = resolve(import.meta.dirname, '../../..');

/**
 * Writes a template into an empty folder, outside of the repository, whose `node_modules` has the engine of the kit and
 * only the packages that the template's own package.json and the engine's declare: what it uses without declaring it
 * is missing.
 */
export async function unpackTemplate(
  folder: string,
  content: ReadonlyMap<string, string | Uint8Array>,
  options: { without?: readonly string[] } = {},
): Promise<void> {
  writeGenerated(folder, content);
  const { engine } = await courseKit();
  installEngine(folder, { engine, ...options });
}

/** Runs one of the template's scripts as a student would. */
export function npmRun(folder: string, ...args: string[]): Promise<Result> {
  return execa('npm', ['run', '--silent', ...args], { cwd: folder, reject: false });
}
