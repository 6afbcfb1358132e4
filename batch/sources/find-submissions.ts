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
 * @param options.only a glob that ids must match
 * @throws UsageError when there is none, or two would have one id
 */
export function findSubmissions(options: { source: string; only?: string }): Submitted[] {
  const source = resolve(options.source);
  if (!statSync(source).isDirectory()) {
    throw new UsageError(
      `${options.source} is a file: unzip it, and name the folder that holds the submissions`,
    );
  }
  const exported = readGradescopeExport(source);
  const known = new Map<string, string>();
  const found: Submitted[] = [];
  const wanted = options.only === undefined ? () => true : picomatch(options.only);
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
    if (!wanted(id)) continue;
    found.push({ id, path: join(source, name), people: [], ...exported?.get(name) });
  }
  if (found.length === 0) {
    const which = options.only === undefined ? '' : ` whose name matches ${options.only}`;
    throw new UsageError(`${options.source} holds no zip and no folder${which}`);
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
