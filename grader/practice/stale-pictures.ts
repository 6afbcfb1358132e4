import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const IMPORT = /(?:from|import)\s*(?:\(\s*)?'(\.{1,2}\/[^'\n]+)'/g;

/** A module of the folder with all that it imports from it, by path. */
function withImports(folder: string, path: string, found = new Set<string>()): Set<string> {
  if (found.has(path) || !existsSync(join(folder, path))) return found;
  found.add(path);
  for (const [, imported] of readFileSync(join(folder, path), 'utf8').matchAll(IMPORT)) {
    withImports(folder, posix.join(posix.dirname(path), imported), found);
  }
  return found;
}

/** Whether a driver's text has a string that is a picture's name, with or without its ending. */
function names(text: string, picture: string): boolean {
  return [`'${picture}'`, `'${picture}.png'`].some((literal) => text.includes(literal));
}

/** A picture that was drawn before the code that draws it was changed. */
export interface StalePicture {
  readonly picture: string;
  /** The file of the student's that is newer. */
  readonly code: string;
  /** As `npm run visualize` takes it. */
  readonly driver: string;
}

/**
 * The pictures that are older than a student's file that a driver which draws them imports. Which driver draws a
 * picture is told by its name in the driver's text.
 */
export function stalePictures(options: {
  readonly folder: string;
  readonly pictures: readonly string[];
  readonly solutionFiles: readonly string[];
}): StalePicture[] {
  const { folder, pictures, solutionFiles } = options;
  const drivers = join(folder, 'drivers');
  if (!existsSync(drivers)) return [];
  const changed = (path: string): number => statSync(join(folder, path)).mtimeMs;
  return readdirSync(drivers)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const modules = [...withImports(folder, `drivers/${name}`)];
      const text = readFileSync(join(drivers, name), 'utf8');
      const code = solutionFiles
        .filter((path) => modules.includes(path))
        .toSorted((a, b) => changed(b) - changed(a))
        .at(0);
      if (code === undefined) return [];
      return pictures
        .filter((path) => names(text, posix.basename(path, '.png')) && changed(path) < changed(code))
        .map((picture) => ({ picture, code, driver: name.slice(0, -'.ts'.length) }));
    });
}
