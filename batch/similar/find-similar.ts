import type { TokenizedFile } from '@dodona/dolos-core';
import { fingerprintsOf, type Sources } from './fingerprints.ts';
import { sharedPlaces, type SharedPlace } from './shared-places.ts';
import { tokenize } from './tokenize.ts';

export interface SimilarPair {
  readonly left: string;
  readonly right: string;
  /** Of the fingerprints of the shorter one that few have, the share that both have, in (0, 1]. */
  readonly share: number;
  /** The longest first. */
  readonly places: readonly SharedPlace[];
}

/** Submissions that are alike; a pointer for somebody who looks, no verdict. */
export interface Similar {
  /** The most alike first. */
  readonly pairs: readonly SimilarPair[];
  /** Those that pairs of them lead together, the largest first. */
  readonly groups: readonly (readonly string[])[];
  /** So many submissions were compared. */
  readonly compared: number;
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
 * in common, without what the template holds; then the pairs that stand out, place by place.
 */
export function findSimilar(setup: {
  readonly submissions: ReadonlyMap<string, Sources>;
  readonly template: Sources;
}): Similar {
  const { submissions, template } = setup;
  const ids = [...submissions.keys()];
  const number = new Map(ids.map((id, at) => [id, at]));
  const most = Math.max(COMMON_LEAST, Math.ceil(COMMON_SHARE * ids.length));
  const own = new Float64Array(ids.length);
  const shared = new Map<number, number>();
  const common = new Map<string, number[]>();
  for (const [path, given] of template) {
    const index = fingerprintsOf(path, given, most);
    const owners = new Map<TokenizedFile, number>();
    for (const [id, files] of submissions) {
      const text = files.get(path);
      if (text !== undefined && text !== given)
        owners.set(tokenize({ owner: id, path, text }), number.get(id)!);
    }
    index.addFiles([...owners.keys()]);
    const toIgnore: number[] = [];
    for (const print of index.sharedFingerprints()) {
      if (print.ignored) {
        toIgnore.push(print.hash);
        continue;
      }
      const who = [...new Set(print.files().map((file) => owners.get(file)!))].sort((a, b) => a - b);
      who.forEach((one, at) => {
        own[one]++;
        for (const other of who.slice(at + 1)) {
          const pair = one * ids.length + other;
          shared.set(pair, (shared.get(pair) ?? 0) + 1);
        }
      });
    }
    common.set(path, toIgnore);
  }
  const alike = [...shared]
    .map(([pair, count]) => {
      const [left, right] = [Math.floor(pair / ids.length), pair % ids.length];
      return { left: ids[left], right: ids[right], count, share: count / Math.min(own[left], own[right]) };
    })
    .filter(({ count, share }) => count >= LEAST_SHARED && share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share || b.count - a.count);
  const pairs = alike.slice(0, MOST_PAIRS).map(({ left, right, share }): SimilarPair => {
    const [a, b] = [submissions.get(left)!, submissions.get(right)!];
    return { left, right, share, places: sharedPlaces({ left: a, right: b, template, common }) };
  });
  return { pairs, groups: groupsOf(alike.filter(({ share }) => share >= GROUP_SHARE)), compared: ids.length };
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
