import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SKELETON = join(import.meta.dirname, 'skeleton');
const EXTENSION = '.txt';

/** What a new part is called, in each of the forms in which the skeleton has it. */
export interface PartNames {
  /** Of its folder, its files and its id: `occlusion-sensitivity`. */
  readonly name: string;
  /** Of its function: `occlusionSensitivity`. */
  readonly camel: string;
  /** What students read: `Occlusion sensitivity`. */
  readonly title: string;
}

/** A file of the skeleton with the part's names in it. */
function filled(file: string, { name, camel, title }: PartNames): string {
  const words: Readonly<Record<string, string>> = { name, camel, title };
  return readFileSync(join(SKELETON, file), 'utf8').replaceAll(
    /\{\{(\w+)\}\}/g,
    (_, key: string) => words[key],
  );
}

/** The files of a new part's folder by their names; the solution is called as the part. */
export function partFolder(names: PartNames): Map<string, string> {
  return new Map(
    readdirSync(SKELETON).map((file) => {
      const name = file.slice(0, -EXTENSION.length);
      return [name === 'solution.ts' ? `${names.name}.ts` : name, filled(file, names)];
    }),
  );
}

/** The solution as a student would submit it: without markers and remarks, its imports as in the template. */
export function submittedSolution(names: PartNames): string {
  return filled(`solution.ts${EXTENSION}`, names)
    .replaceAll(/^ *\/\/.*\n/gm, '')
    .replaceAll("'../../", "'../");
}

/** All identifiers in the skeleton's code but the part's own: a part of such a name would hide one of them. */
export function skeletonIdentifiers(): Set<string> {
  const found = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, collect);
  };
  for (const [path, text] of partFolder({ name: '-', camel: '_', title: '' })) {
    if (path.endsWith('.ts')) collect(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  }
  return found;
}
