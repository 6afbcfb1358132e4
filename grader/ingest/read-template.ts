import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GraderError } from '../format/errors.ts';

/**
 * The files of a pristine template by path, `node_modules` left out.
 * @throws GraderError when it cannot be read, or holds a link
 */
export async function readTemplate(template: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const pending: string[] = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = await readdir(join(template, folder), { withFileTypes: true }).catch(
      (cause: unknown) => {
        throw new GraderError(`the template ${template} cannot be read`, { cause });
      },
    );
    for (const child of children.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      if (child.name === 'node_modules') continue;
      if (child.isDirectory()) pending.push(path);
      else if (child.isFile()) files.set(path, await readFile(join(template, path)));
      else throw new GraderError(`the template's ${path} is not a regular file`);
    }
  }
  if (files.size === 0) throw new GraderError(`the template ${template} holds no files`);
  return files;
}
