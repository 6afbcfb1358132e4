import type { Sources } from './fingerprints.ts';
import { fileOf, orLeftOut, type LeftOut } from './left-out.ts';
import { sharedOfFile } from './shared-of-file.ts';
import { sharedPlaces, type SharedPlace } from './shared-places.ts';

export interface SimilarPair {
  readonly left: string;
  readonly right: string;
  /** Of the fingerprints of the shorter one that few have, the share that both have, in (0, 1]. */
  readonly share: number;
  /** The longest first; undefined where they could not be found out. */
  readonly places?: readonly SharedPlace[] | undefined;
}

/** Submissions that are alike; a pointer for somebody who looks, no verdict. */
export interface Similar {
  /** The most alike first. */
  readonly pairs: readonly SimilarPair[];
  /** Those that pairs of them lead together, the largest first. */
  readonly groups: readonly (readonly string[])[];
  /** So many submissions were compared. */
  readonly compared: number;
  /** What of them could not be. */
  readonly leftOut: readonly LeftOut[];
}

/** What so many have is the obvious way to write it. */
const COMMON_SHARE = 0.05;
const COMMON_LEAST = 5;
/** Fewer in common may be chance. */
const LEAST_SHARED = 8;
const LEAST_SHARE = 0.35;
/** From here on pairs make up a group. */
const GROUP_SHARE = 0.6;
const MOST_PAIRS = 100;

/**
 * Compares all submissions by Dolos's algorithm (winnowed fingerprints of syntax trees): first by what only few have
 * in common, without what the template holds; then the pairs that stand out, place by place. What fails on a file or a
 * pair costs only that.
 * @param setup.leftOut what is already known not to be compared
 * @param setup.onStep told how much of the work is done
 */
export function findSimilar(setup: {
  readonly submissions: ReadonlyMap<string, Sources>;
  readonly template: Sources;
  readonly leftOut?: readonly LeftOut[];
  readonly onStep?: (done: number, total: number) => void;
}): Similar {
  const { submissions, template, onStep = () => undefined } = setup;
  const leftOut = [...(setup.leftOut ?? [])];
  const ids = [...submissions.keys()];
  const most = Math.max(COMMON_LEAST, Math.ceil(COMMON_SHARE * ids.length));
  const own = new Float64Array(ids.length);
  const shared = new Map<number, number>();
  const common = new Map<string, readonly number[]>();
  const steps = template.size + MOST_PAIRS;
  let done = 0;
  for (const [path, given] of template) {
    onStep(done++, steps);
    const found = orLeftOut(leftOut, path, () => sharedOfFile({ path, given, submissions, most, leftOut }));
    if (!found) continue;
    common.set(path, found.common);
    for (const who of found.owners) {
      who.forEach((one, at) => {
        own[one]++;
        for (const other of who.slice(at + 1)) {
          const pair = one * ids.length + other;
          shared.set(pair, (shared.get(pair) ?? 0) + 1);
        }
      });
    }
  }
  const alike = [...shared]
    .map(([pair, count]) => {
      const [left, right] = [Math.floor(pair / ids.length), pair % ids.length];
      return { left: ids[left], right: ids[right], count, share: count / Math.min(own[left], own[right]) };
    })
    .filter(({ count, share }) => count >= LEAST_SHARED && share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share || b.count - a.count);
  // What could not be compared has no places either, and would fail again.
  const unread = new Set(leftOut.map(({ what }) => what));
  const readOf = (id: string): Sources =>
    new Map([...submissions.get(id)!].filter(([path]) => !unread.has(fileOf(id, path))));
  const compared = new Map([...template].filter(([path]) => common.has(path)));
  const pairs = alike.slice(0, MOST_PAIRS).map(({ left, right, share }): SimilarPair => {
    onStep(done++, steps);
    const places = orLeftOut(leftOut, `the places of ${left} and ${right}`, () =>
      sharedPlaces({ left: readOf(left), right: readOf(right), template: compared, common }),
    );
    return { left, right, share, ...(places ? { places } : {}) };
  });
  onStep(steps, steps);
  const groups = groupsOf(alike.filter(({ share }) => share >= GROUP_SHARE));
  return { pairs, groups, compared: ids.length, leftOut };
}

/** The connected ones; of two no group is made. */
function groupsOf(pairs: readonly { readonly left: string; readonly right: string }[]): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const { left, right } of pairs) {
    const together = new Set([left, right, ...(groups.get(left) ?? []), ...(groups.get(right) ?? [])]);
    for (const id of together) groups.set(id, together);
  }
  return [...new Set(groups.values())]
    .filter((group) => group.size > 2)
    .map((group) => [...group].sort())
    .toSorted((a, b) => b.length - a.length || (a[0] < b[0] ? -1 : 1));
}
