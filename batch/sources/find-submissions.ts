import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from '../../grader/format/errors.ts';
import { firstOf } from '../../grader/format/first-of.ts';
import { printable } from '../../grader/format/printable.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import { METADATA, readGradescopeExport, type ExportedEntry } from './gradescope-export.ts';
import type { Submitted } from './submitted.ts';

/** What systems and browsers leave between submissions. */
const CLUTTER = /^(?:\..*|__MACOSX|desktop\.ini|Thumbs\.db)$/i;

/** Whether a batch passes over whatever has this name, without a word. */
export const isClutter = (name: string): boolean => CLUTTER.test(name);

/** Whether a name is that of a zip. */
export const isZipName = (name: string): boolean => /\.zip$/i.test(name);

const withoutZip = (name: string): string => name.replace(/\.zip$/i, '');

/**
 * A name as a folder can have it anywhere, and a key of JSON; zod passes over the one that it replaces. Of letters that
 * can be written in two ways, some systems list the one and some the other.
 */
function idOf(name: string): string {
  const id = withoutZip(name)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '_');
  return id === '__proto__' ? '_proto_' : id;
}

/** Of names that would have one id, capitals apart, all but the first get a mark that only depends on the name. */
function idsOf(names: readonly string[], onNote: (line: string) => void): Map<string, string> {
  const taken = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const name of names) {
    const plain = idOf(name);
    const other = taken.get(plain.toLowerCase());
    let [id, mark] = [plain, name];
    // Somebody may have a name that looks marked.
    while (taken.has(id.toLowerCase())) {
      mark = sha256(Buffer.from(mark));
      id = `${plain}-${mark.slice(0, 8)}`;
    }
    if (other !== undefined)
      onNote(`${other} and ${name} have one name: ${name} is called ${id} in the results`);
    taken.set(id.toLowerCase(), name);
    ids.set(name, id);
  }
  return ids;
}

/** Why what lies among submissions is none, or undefined. */
function whyPassedOver(entry: Dirent): string | undefined {
  if (entry.isSymbolicLink()) return 'is a link, which is not followed (put the folder or zip itself there)';
  if (entry.isDirectory() || entry.name === METADATA) return undefined;
  return entry.isFile() && isZipName(entry.name) ? undefined : 'is no zip and no folder';
}

/**
 * The names of what a batch over a folder takes for submissions.
 * @param onPassedOver told of what is passed over, but for clutter
 */
export function takenNames(folder: string, onPassedOver: (line: string) => void = () => undefined): string[] {
  const names: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isClutter(entry.name)) continue;
    const why = whyPassedOver(entry);
    if (why !== undefined) onPassedOver(`${printable(entry.name)} ${why}: passed over`);
    else if (entry.name !== METADATA) names.push(entry.name);
  }
  return names;
}

const MOST_NAMED = 5;

/** The entries of an export by the names of what is there: a folder, or one zip that somebody has made of it. */
function entriesByName(
  exported: ReadonlyMap<string, ExportedEntry>,
  names: readonly string[],
): ReadonlyMap<string, ExportedEntry> {
  // Of several with one name the last one set counts: a folder, or else the first zip.
  const zips = names.toReversed().map((name) => [withoutZip(name), name] as const);
  const nameOf = new Map([...zips, ...names.map((name) => [name, name] as const)]);
  return new Map(
    [...exported].flatMap(([folder, entry]) => {
      const name = nameOf.get(folder);
      return name === undefined ? [] : [[name, entry] as const];
    }),
  );
}

/** What to say of those whose submissions an export lists and does not hold; nothing where there are none. */
function whoIsMissing(
  exported: ReadonlyMap<string, ExportedEntry>,
  found: ReadonlySet<ExportedEntry>,
): string | undefined {
  const missing = [...exported].filter(([, entry]) => !found.has(entry));
  if (missing.length === 0) return undefined;
  const told = missing.map(([folder, { people }]) => {
    const names = people.flatMap(({ name }) => (name === '' ? [] : [name]));
    return printable(names.length === 0 ? folder : `${folder} (${names.join(', ')})`);
  });
  return `${METADATA} lists ${firstOf(told, MOST_NAMED)}, of which there is no folder or zip here: no row in the grades`;
}

/**
 * The submissions that lie in a folder, by id: Gradescope's export, or a folder of zips, of folders, or of both.
 * @param folder where they lie
 * @param onNote told what is passed over, and what gets another id than its name says
 * @throws UsageError when there is none
 */
export function findSubmissions(
  folder: string,
  onNote: (line: string) => void = () => undefined,
): Submitted[] {
  const source = resolve(folder);
  if (!statSync(source).isDirectory()) {
    throw new UsageError(`${folder} is a file: unzip it, and name the folder that holds the submissions`);
  }
  const exported = readGradescopeExport(source);
  const names = takenNames(source, onNote);
  if (names.length === 0) {
    throw new UsageError(
      `${folder} holds no zip and no folder: name the folder that Gradescope's export was unzipped into, or one with a zip or folder for each submission`,
    );
  }
  names.sort();
  const entries = exported && entriesByName(exported, names);
  const missing = exported && entries && whoIsMissing(exported, new Set(entries.values()));
  if (missing !== undefined) onNote(missing);
  const ids = idsOf(names, onNote);
  const found = names.map((name): Submitted => {
    const entry = entries?.get(name);
    const isUnnamed = entries !== undefined && !entry?.people.length;
    return {
      id: ids.get(name) ?? name,
      path: join(source, name),
      people: [],
      ...entry,
      ...(isUnnamed ? { unnamed: true } : {}),
    };
  });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The submissions whose ids match a glob.
 * @throws UsageError when none does
 */
export function matching(submissions: readonly Submitted[], glob: string): Submitted[] {
  const isMatch = picomatch(glob.normalize('NFC'));
  const found = submissions.filter(({ id }) => isMatch(id));
  if (found.length > 0) return found;
  const examples = submissions.slice(0, 3).map(({ id }) => id);
  throw new UsageError(
    `no submission's name matches ${glob}; there are ${examples.join(', ')}${submissions.length > examples.length ? ' and others' : ''}`,
  );
}
