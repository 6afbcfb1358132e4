import { posix } from 'node:path';
import damerauLevenshtein from 'damerau-levenshtein';
import { UsageError } from '../format/errors.ts';

/** A part as people may call it. */
export interface NamedPart {
  readonly id: string;
  /** What is submitted for it: template paths of its solution files and documents. */
  readonly files: readonly string[];
}

/** A name that is this far from an existing one, or closer, was probably meant as it: edits per letter. */
const CLOSE = 0.4;

/** `folder/Some_Part.ts` as `some-part`: neither folder nor extension nor case tells parts apart. */
function plain(text: string): string {
  const name = posix.basename(text.replaceAll('\\', '/'));
  return name
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** By what a part is called: its id, and the name of each file that is submitted for it where no other part has it. */
export function namesOf(part: NamedPart, parts: readonly NamedPart[]): string[] {
  const others = parts.filter(({ id }) => id !== part.id);
  const isTaken = (name: string): boolean =>
    others.some(({ id, files }) => id === name || files.some((file) => plain(file) === name));
  return [...new Set([part.id, ...part.files.map(plain).filter((name) => !isTaken(name))])];
}

function closest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((one) => ({ one, distance: damerauLevenshtein(plain(name), one).relative }))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.distance <= CLOSE ? ranked[0].one : undefined;
}

/**
 * The ids of the parts that are called by some names, each once, in the order of the parts.
 *
 * @param wanted ids, or names or paths of submitted files, in any case, with or without extension
 * @throws UsageError with the name that no part has, the one that was probably meant, and the ids of all
 */
export function partsCalled(wanted: readonly string[], parts: readonly NamedPart[]): string[] {
  const names = parts.map((part) => ({ id: part.id, names: namesOf(part, parts) }));
  const found = wanted.map((name) => {
    const part = names.find(({ id }) => id === name) ?? names.find((one) => one.names.includes(plain(name)));
    if (part) return part.id;
    const meant = closest(
      name,
      names.flatMap((one) => one.names),
    );
    const known = parts.map(({ id }) => id).join(', ');
    throw new UsageError(
      `there is no part ${name}${meant === undefined ? '' : ` (did you mean ${meant}?)`}; the parts are ${known}`,
    );
  });
  return parts.map(({ id }) => id).filter((id) => found.includes(id));
}
