import distance from 'damerau-levenshtein';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import { UsageError } from '../format/errors.ts';

/** The names that a part goes by: its id, and the paths and plain names of the files that a student writes for it. */
function namesOf({ id, solutionFiles, documents }: LoadedPart): string[] {
  const paths = [...solutionFiles.map(({ path }) => path), ...documents.keys()];
  const plain = paths.map((path) => path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, ''));
  return [id, ...paths, ...plain];
}

/** As people type them: shells of Windows complete with backslashes, others begin with a dot. */
function normalized(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\.\//, '').toLowerCase();
}

/**
 * Ids of the parts that are named, in the order of the assignment; undefined where none is.
 * @throws UsageError when there is no such part, with the name that is nearest
 */
export function partsNamed(assignment: Assignment, names: readonly string[]): string[] | undefined {
  if (names.length === 0) return undefined;
  const wanted = new Set(names.map((name) => partNamed(assignment, name).id));
  return assignment.parts.map(({ id }) => id).filter((id) => wanted.has(id));
}

/** @throws UsageError when there is no such part */
export function partNamed({ parts }: Assignment, name: string): LoadedPart {
  const found = parts.find((part) => namesOf(part).includes(normalized(name)));
  if (found) return found;
  const [nearest] = parts
    .flatMap((part) =>
      namesOf(part).map((known) => ({ id: part.id, far: distance(known, normalized(name)).steps })),
    )
    .sort((a, b) => a.far - b.far);
  const list = parts.map(({ id }) => id).join(', ');
  const hint = nearest && nearest.far <= 3 ? `did you mean ${nearest.id}?` : `the parts are ${list}`;
  throw new UsageError(`there is no part ${name}; ${hint}`);
}
