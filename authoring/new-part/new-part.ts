import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';
import { partNames } from './part-names.ts';
import { withPart } from './register.ts';
import { partFolder } from './skeleton.ts';
import { firstSubmissions } from './submissions.ts';

const ASSIGNMENT = 'reference/assignment.ts';

/**
 * Writes a part that is complete, with a solution, cases, a rubric, a handout, a picture, four wrong solutions and
 * another right one, to be replaced piece by piece, and adds it to the assignment.
 *
 * @param options.root the repository
 * @returns the paths of the files that were written, relative to it
 * @throws UsageError where the name is none, or taken
 */
export function newPart(options: { readonly root: string; readonly name: string }): string[] {
  const { root } = options;
  const names = partNames(options.name);
  const directory = `reference/parts/${names.name}`;
  if (existsSync(join(root, directory)))
    throw new UsageError(`${directory}/ is there already; choose another name`);
  const below = (folder: string, files: ReadonlyMap<string, string>): [string, string][] =>
    [...files].map(([path, text]) => [`${folder}/${path}`, text]);
  const files = [
    [ASSIGNMENT, withPart(readFileSync(join(root, ASSIGNMENT), 'utf8'), names)] as const,
    ...below(directory, partFolder(names)),
    ...below('fixtures/submissions', firstSubmissions(names)),
  ];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return files.map(([path]) => path);
}
