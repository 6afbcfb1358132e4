import type { Evidence } from '../checks/evidence.ts';
import { expectedOf, type Check } from '../checks/index.ts';
import type { Call } from '../format/call-plan.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { expectedValue } from '../checks/resolve-value.ts';
import { fingerprintOf, isSame, readFingerprint, type Fingerprint } from './fingerprint.ts';
import type { KnownMistakes } from './known-mistakes.ts';
import { causesOf, type ReadMistake, type Sight } from './match.ts';
import { resultsOfOtherCalls } from './other-call.ts';
import { allPlaces, fingerprintAt, placeName, placesOf, type Place } from './places.ts';

/**
 * What was likely done where checks failed, by the checks' ids; nothing where no known mistake, or more than one, explains a
 * check. With them, the checks of which a value is what another call of the same case should return.
 *
 * @param options.checks all that may be looked at
 * @param options.failed ids of those that failed, others among them
 */
export function likelyCauses(options: {
  readonly checks: readonly Check[];
  readonly failed: ReadonlySet<string>;
  readonly evidence: Evidence;
  readonly known: KnownMistakes;
}): { readonly causes: ReadonlyMap<string, string>; readonly ofOtherCalls: ReadonlySet<string> } {
  const { checks, failed, evidence, known } = options;
  const wrong = checks
    .filter(({ id }) => failed.has(id))
    .map((check) => ({ id: check.id, places: placesOf(check).map(placeName) }))
    .filter(({ places }) => places.length > 0);
  if (wrong.length === 0) return { causes: new Map(), ofOtherCalls: new Set() };
  const sights = sightsOf(known, allPlaces(checks), { checks, evidence });
  return {
    causes: causesOf(wrong, sights, known.mistakes.map(readMistake)),
    ofOtherCalls: resultsOfOtherCalls(wrong, sights),
  };
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
    const isStale =
      wanted && !isSame(expectedFingerprint(expectedValue(evidence, wanted).tensor), recorded, near);
    if (!isStale)
      sights.set(name, {
        of: functionOf(value.value.call, evidence.calls(value.case)),
        received: fingerprintAt(value, evidence),
        right: recorded,
        near,
      });
  }
  return sights;
}

const expectedFingerprints = new WeakMap<TensorData, Fingerprint>();

/** Of an expected value. Those that are tensors never change, and are the same for all submissions. */
function expectedFingerprint(tensor: TensorData): Fingerprint {
  const found = expectedFingerprints.get(tensor) ?? fingerprintOf(tensor);
  expectedFingerprints.set(tensor, found);
  return found;
}

/** The function that a call calls; of given code on what was returned, the call itself. */
export function functionOf(call: string, calls: readonly Pick<Call, 'id' | 'module' | 'export'>[]): string {
  const found = calls.find(({ id }) => id === call);
  return found ? `${found.module} ${found.export}` : call;
}
