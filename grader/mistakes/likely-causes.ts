import type { Evidence } from '../checks/evidence.ts';
import { expectedOf, type Check } from '../checks/index.ts';
import { expectedValue } from '../checks/resolve-value.ts';
import { fingerprintOf, isSame, readFingerprint, type Fingerprint } from './fingerprint.ts';
import type { KnownMistakes } from './known-mistakes.ts';
import { causesOf, type ReadMistake, type Sight } from './match.ts';
import { allPlaces, fingerprintAt, placeName, placesOf, type Place } from './places.ts';

/**
 * What was likely done where checks of one half failed, by the checks' ids; nothing where no known mistake, or more than
 * one, explains a check.
 *
 * @param checks all checks of the half
 * @param failed ids of those whose values are not right
 */
export function likelyCauses(options: {
  readonly checks: readonly Check[];
  readonly failed: ReadonlySet<string>;
  readonly evidence: Evidence;
  readonly known: KnownMistakes;
}): ReadonlyMap<string, string> {
  const { checks, failed, evidence, known } = options;
  const wrong = checks
    .filter(({ id }) => failed.has(id))
    .map((check) => ({ id: check.id, places: placesOf(check).map(placeName) }))
    .filter(({ places }) => places.length > 0);
  if (wrong.length === 0) return new Map();
  const sights = sightsOf(known, allPlaces(checks), { checks, evidence });
  return causesOf(wrong, sights, known.mistakes.map(readMistake));
}

/** Fingerprints by place. */
export const readAll = (lines: Readonly<Record<string, string>>): ReadonlyMap<string, Fingerprint> =>
  new Map(Object.entries(lines).map(([place, line]) => [place, readFingerprint(line)]));

export const readMistake = ({ cause, returns }: KnownMistakes['mistakes'][number]): ReadMistake => ({
  cause,
  returns: readAll(returns),
});

/** What was received at each place that is known; none of those at which something else is right now than when it was recorded. */
function sightsOf(
  { right }: KnownMistakes,
  places: ReadonlyMap<string, Place>,
  { checks, evidence }: { readonly checks: readonly Check[]; readonly evidence: Evidence },
): ReadonlyMap<string, Sight> {
  const expected = new Map(checks.flatMap(expectedOf).map((value) => [placeName(value), value]));
  const sights = new Map<string, Sight>();
  for (const [name, recorded] of readAll(right)) {
    const place = places.get(name);
    if (!place) continue;
    const { value, near } = place;
    const wanted = expected.get(name);
    const isStale = wanted && !isSame(fingerprintOf(expectedValue(evidence, wanted).tensor), recorded, near);
    if (!isStale) sights.set(name, { received: fingerprintAt(value, evidence), right: recorded, near });
  }
  return sights;
}
