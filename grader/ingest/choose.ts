import type { AllowList } from './allow-list.ts';
import { clutterName } from './clutter.ts';
import type { IngestLimits } from './limits.ts';
import type { ListedEntry } from './listing.ts';
import { foldedPath, nameProblem, plainPath, wayProblem } from './path-rules.ts';
import { printable } from '../format/printable.ts';
import { wrapperFolder } from './wrapper-folder.ts';

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
  /** What was understood otherwise than it stands, a sentence each, safe to show. */
  readonly notes: readonly string[];
}

/**
 * Sorts a listing into files to read, refusals and clutter, by name only.
 *
 * Folders around everything are taken off, because students pack the folder rather than its content. A name that is
 * nearly right is taken where no other file has a claim to it. Of names that some file systems take for one, none is
 * read: which of them counts would be chance.
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
  const count = (name: string): void => void clutter.set(name, (clutter.get(name) ?? 0) + 1);
  const refuse = (path: string, why: string): void => void refused.push({ path: printable(path), why });

  const candidates: Chosen[] = [];
  for (const entry of entries) {
    const path = plainPath(entry.path);
    const problem = wayProblem(path, limits);
    const name = problem === undefined ? clutterName(path) : undefined;
    if (problem !== undefined) refuse(path, problem);
    else if (name !== undefined) count(name);
    else if (entry.problem !== undefined) refuse(path, entry.problem);
    else candidates.push({ path, entry });
  }

  const wrapper = wrapperFolder({ paths: candidates.map(({ path }) => path), allow });
  const inside = candidates.flatMap(({ path, entry }) => {
    const rest = path.startsWith(wrapper) ? path.slice(wrapper.length) : undefined;
    const problem = rest === undefined ? NOT_ASKED_FOR : nameProblem(rest);
    if (rest !== undefined && problem === undefined) return [{ path: rest, entry }];
    refuse(path, problem ?? NOT_ASKED_FOR);
    return [];
  });

  const twins = grouped(inside, ({ path }) => foldedPath(path));
  const claims = grouped(inside, ({ path }) => allow.intended(path));
  const chosen: Chosen[] = [];
  const notes: string[] = [];
  for (const candidate of inside) {
    const { path, entry } = candidate;
    const twin = twins.get(foldedPath(path))?.find((other) => other !== candidate);
    const meant = allow.intended(path);
    if (twin && (allow.accepts(path) || allow.accepts(twin.path))) refuse(path, twinText(path, twin.path));
    else if (allow.accepts(path)) chosen.push(candidate);
    else if (given.has(path)) count(GIVEN);
    else if (meant === undefined) refuse(path, unknownText({ path, allow }));
    else {
      const rivals = claims.get(meant)!.filter((other) => other !== candidate);
      if (rivals.length > 0) refuse(path, rivalText(meant, rivals));
      else {
        chosen.push({ path: meant, entry });
        notes.push(`${printable(path)} was taken for ${meant}`);
      }
    }
  }
  if (chosen.some(({ entry }) => entry.path.includes('\\'))) {
    notes.push('Backslashes in the names of files were taken for folders');
  }
  return { chosen: solutionsFirst({ chosen, allow }), refused, clutter, notes };
}

const GIVEN = 'files of the template (your work is graded with the originals)';
const NOT_ASKED_FOR = 'it is not one of the files to submit';
const ARCHIVE = 'it is an archive, and was not opened; submit the files, or one zip with all of them';

/** The candidates by a key; those without one are left out. */
function grouped(
  candidates: readonly Chosen[],
  keyOf: (candidate: Chosen) => string | undefined,
): ReadonlyMap<string, readonly Chosen[]> {
  const groups = new Map<string, Chosen[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (key === undefined) continue;
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

/** Why a name that is nearly right does not count beside others that stand for the same file. */
function rivalText(meant: string, rivals: readonly Chosen[]): string {
  return rivals.some(({ path }) => path === meant)
    ? `\`${meant}\` is there, too, and that is the one to submit`
    : `\`${printable(rivals[0].path)}\` may be meant for \`${meant}\` as well; give that name to the one that counts`;
}

function unknownText({ path, allow }: { path: string; allow: AllowList }): string {
  if (/\.(?:zip|rar|7z|tar|t[gx]z|gz|xz|bz2)$/i.test(path)) return ARCHIVE;
  const meant = allow.probablyMeant(path);
  return meant === undefined ? NOT_ASKED_FOR : `${NOT_ASKED_FOR}; \`${meant}\` is`;
}

/** Named files before pictures and the like, so that these never use up the room of a solution. */
function solutionsFirst({ chosen, allow }: { chosen: readonly Chosen[]; allow: AllowList }): Chosen[] {
  const rank = new Map(allow.exact.map((path, i) => [path, i]));
  const rankOf = ({ path }: Chosen): number => rank.get(path) ?? rank.size;
  return chosen.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.path < b.path ? -1 : 1));
}
