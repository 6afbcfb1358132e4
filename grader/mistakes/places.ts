import { valuesOf, type Check } from '../checks/index.ts';
import type { Evidence } from '../checks/evidence.ts';
import { receivedValue, type ValueOf } from '../checks/resolve-value.ts';
import { outcomeOf } from '../checks/verdict-on-failure.ts';
import { kindOfValue, valueAt } from '../format/value-tree.ts';
import { fingerprintOf, type Fingerprint, type Nearness } from './fingerprint.ts';

/** A value of a case that checks look at. */
export interface Place {
  readonly value: ValueOf;
  /** The narrowest tolerance of the checks that look at it. */
  readonly near: Nearness;
}

/** Of values that are only looked at for some property. */
const DEFAULT_NEAR: Nearness = { atol: 1e-6, rtol: 1e-3 };

/** How a place is called: `network/maps`, `by-hand/loss#gradient`, `steps/run.losses`. */
export function placeName({ case: id, value: { call, path = [], gradient } }: ValueOf): string {
  return `${[`${id}/${call}`, ...path].join('.')}${gradient ? '#gradient' : ''}`;
}

/** The kinds of checks whose failure is explained by values; the others say themselves what is wrong. */
const OF_VALUES: ReadonlySet<Check['kind']> = new Set([
  'tensor-close',
  'gradient-close',
  'property',
  'png-match',
]);

/** The places whose values decide a check; none where it says itself what is wrong. */
export function placesOf(check: Check): readonly ValueOf[] {
  return OF_VALUES.has(check.kind) ? valuesOf(check) : [];
}

/** All places of some checks, by name. */
export function allPlaces(checks: readonly Check[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const check of checks) {
    for (const value of placesOf(check)) {
      const name = placeName(value);
      const before = places.get(name)?.near ?? DEFAULT_NEAR;
      places.set(name, { value, near: narrower(before, toleranceAt(check, name)) });
    }
  }
  return places;
}

function toleranceAt(check: Check, name: string): Nearness {
  if (check.kind !== 'tensor-close' && check.kind !== 'gradient-close') return DEFAULT_NEAR;
  const own = check.kind === 'tensor-close' ? check.value : { call: check.call, gradient: true };
  return placeName({ case: check.case, value: own }) === name ? check : DEFAULT_NEAR;
}

const narrower = (a: Nearness, b: Nearness): Nearness =>
  b.rtol < a.rtol ? { atol: b.atol, rtol: b.rtol } : a;

/** What a submission returned at a place. */
export function fingerprintAt(value: ValueOf, evidence: Evidence): Fingerprint {
  const outcome = outcomeOf(evidence, value.case, value.value.call);
  if (outcome.kind === 'failed') return { kind: 'other', what: `failed: ${outcome.reason}` };
  if (outcome.kind === 'errored') return { kind: 'other', what: 'not judged' };
  const received = receivedValue(evidence, value, { wanted: 'a tensor or numbers' });
  if (received.ok) return fingerprintOf(received.tensor);
  const { path = [], gradient } = value.value;
  const what = gradient ? 'no gradient' : kindOfValue(valueAt(outcome.value, path));
  return { kind: 'other', what };
}
