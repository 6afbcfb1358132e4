import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from '../../grader/format/errors.ts';
import { readGradescopeExport } from './gradescope-export.ts';
import type { Submitted } from './submitted.ts';

/** What systems and browsers leave between submissions. */
const CLUTTER = /^(?:\..*|__MACOSX|desktop\.ini|Thumbs\.db)$/i;

/** A name as a folder can have it anywhere. */
function idOf(name: string): string {
  return name.replace(/\.zip$/i, '').replaceAll(/[^A-Za-z0-9._-]+/g, '_');
}

/**
 * The submissions that lie in a folder, by id: Gradescope's export, or a folder of zips, of folders, or of both.
 * @param folder where they lie
 * @throws UsageError when there is none, or two would have one id
 */
export function findSubmissions(folder: string): Submitted[] {
  const source = resolve(folder);
  if (!statSync(source).isDirectory()) {
    throw new UsageError(`${folder} is a file: unzip it, and name the folder that holds the submissions`);
  }
  const exported = readGradescopeExport(source);
  const known = new Map<string, string>();
  const found: Submitted[] = [];
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const { name } = entry;
    const isOne = entry.isDirectory() || (entry.isFile() && /\.zip$/i.test(name));
    if (!isOne || CLUTTER.test(name)) continue;
    const id = idOf(name);
    const other = known.get(id.toLowerCase());
    if (other !== undefined) {
      throw new UsageError(`${other} and ${name} would both be called ${id}: rename one of them`);
    }
    known.set(id.toLowerCase(), name);
    found.push({ id, path: join(source, name), people: [], ...exported?.get(name) });
  }
  if (found.length === 0) throw new UsageError(`${folder} holds no zip and no folder`);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The submissions whose ids match a glob.
 * @throws UsageError when none does
 */
export function matching(submissions: readonly Submitted[], glob: string): Submitted[] {
  const isMatch = picomatch(glob);
  const found = submissions.filter(({ id }) => isMatch(id));
  if (found.length > 0) return found;
  const examples = submissions.slice(0, 3).map(({ id }) => id);
  throw new UsageError(
    `no submission's name matches ${glob}; there are ${examples.join(', ')}${submissions.length > examples.length ? ' and others' : ''}`,
  );
}
