import { SubmissionError } from '../format/errors.ts';
import type { AllowList } from './allow-list.ts';
import { clutterName } from './clutter.ts';
import type { IngestLimits } from './limits.ts';
import type { ListedEntry } from './listing.ts';
import { foldedPath, pathProblem } from './path-rules.ts';
import { printable } from '../format/printable.ts';

/** An entry that will be read, under the path it is known by from here on. */
interface Chosen {
  readonly path: string;
  readonly entry: ListedEntry;
}

/** A file that was left out, its name safe to show, and why, in words that complete "It was left out: ...". */
export interface Refusal {
  readonly path: string;
  readonly why: string;
}

/** What {@link choose} makes of a listing. */
export interface Choice {
  readonly chosen: readonly Chosen[];
  readonly refused: readonly Refusal[];
  /** Number of files left out without a word, by name, such as `node_modules`. */
  readonly clutter: ReadonlyMap<string, number>;
}

/**
 * Sorts a listing into files to read, refusals and clutter, by name only.
 *
 * One folder around everything is taken off, because students pack the folder rather than its content. Of names that
 * some file systems take for one, none is read: which of them counts would be chance.
 *
 * @throws SubmissionError when two folders hold files to submit
 */
export function choose(options: {
  readonly entries: readonly ListedEntry[];
  readonly allow: AllowList;
  readonly limits: IngestLimits;
  readonly given: ReadonlySet<string>;
}): Choice {
  const { entries, allow, limits, given } = options;
  const refused: Refusal[] = [];
  const clutter = new Map<string, number>();
  const candidates: ListedEntry[] = [];
  const refuse = (path: string, why: string): void => void refused.push({ path: printable(path), why });

  for (const entry of entries) {
    const problem = pathProblem(entry.path, limits);
    const name = problem === undefined ? clutterName(entry.path) : undefined;
    if (problem !== undefined) refuse(entry.path, problem);
    else if (name !== undefined) clutter.set(name, (clutter.get(name) ?? 0) + 1);
    else if (entry.problem !== undefined) refuse(entry.path, entry.problem);
    else candidates.push(entry);
  }

  const wrapper = wrapperFolder({ paths: candidates.map(({ path }) => path), allow });
  const inside = candidates.flatMap((entry) => {
    if (entry.path.startsWith(wrapper)) return [{ path: entry.path.slice(wrapper.length), entry }];
    refuse(entry.path, NOT_ASKED_FOR);
    return [];
  });

  const twins = namesakes(inside);
  const chosen: Chosen[] = [];
  for (const candidate of inside) {
    const { path } = candidate;
    const twin = twins.get(foldedPath(path))?.find((other) => other !== candidate);
    if (twin && (allow.accepts(path) || allow.accepts(twin.path))) refuse(path, twinText(path, twin.path));
    else if (allow.accepts(path)) chosen.push(candidate);
    else if (given.has(path)) clutter.set(GIVEN, (clutter.get(GIVEN) ?? 0) + 1);
    else refuse(path, unknownText({ path, allow }));
  }
  return { chosen: solutionsFirst({ chosen, allow }), refused, clutter };
}

const GIVEN = 'files of the template (your work is graded with the originals)';
const NOT_ASKED_FOR = 'it is not one of the files to submit';

/** The folder, with its slash, that is around all files to submit; empty where there is none. */
function wrapperFolder({ paths, allow }: { paths: readonly string[]; allow: AllowList }): string {
  if (paths.some((path) => allow.accepts(path))) return '';
  const folders = new Set<string>();
  for (const path of paths) {
    const end = path.indexOf('/') + 1;
    if (end > 0 && allow.accepts(path.slice(end))) folders.add(path.slice(0, end));
  }
  if (folders.size > 1) {
    const named = [...folders].slice(0, 3).map((folder) => printable(folder, 60));
    throw new SubmissionError(`Several folders hold a solution (${named.join(', ')}); submit one of them.`);
  }
  return [...folders][0] ?? '';
}

/** All candidates by folded path. */
function namesakes(candidates: readonly Chosen[]): ReadonlyMap<string, readonly Chosen[]> {
  const groups = new Map<string, Chosen[]>();
  for (const candidate of candidates) {
    const key = foldedPath(candidate.path);
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}

function twinText(path: string, twin: string): string {
  return path === twin
    ? 'it is there twice; which one counts would be chance'
    : `\`${printable(twin)}\` differs from it in capitals or accents only; which one counts would be chance`;
}

function unknownText({ path, allow }: { path: string; allow: AllowList }): string {
  const meant = allow.probablyMeant(path);
  return meant === undefined ? NOT_ASKED_FOR : `${NOT_ASKED_FOR}; \`${meant}\` is`;
}

/** Named files before pictures and the like, so that these never use up the room of a solution. */
function solutionsFirst({ chosen, allow }: { chosen: readonly Chosen[]; allow: AllowList }): Chosen[] {
  const rank = new Map(allow.exact.map((path, i) => [path, i]));
  const rankOf = ({ path }: Chosen): number => rank.get(path) ?? rank.size;
  return chosen.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.path < b.path ? -1 : 1));
}
