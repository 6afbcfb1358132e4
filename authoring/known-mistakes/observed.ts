import type { Evidence } from '../../grader/checks/evidence.ts';
import { judge, type Check } from '../../grader/checks/index.ts';
import { expectedValue, receivedValue } from '../../grader/checks/resolve-value.ts';
import type { LoadedCheck } from '../../grader/assignment/loaded.ts';
import type { Selector } from '../../grader/format/selector.ts';
import { isSame, writeFingerprint, type Fingerprint } from '../../grader/mistakes/fingerprint.ts';
import { allPlaces, fingerprintAt, placesOf } from '../../grader/mistakes/places.ts';
import { compareTensors, diagnose, type Diagnosis } from '../../grader/numeric/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';

/** What one solution did, as far as a mistake is known by it. */
export interface Observed {
  /** The failed checks whose values can be recognised, with the simple relation that their message tells, if any. */
  readonly fails: Readonly<Record<string, Diagnosis['kind'] | ''>>;
  /** Failed checks that say themselves what is wrong: operations, memory, source, answers. */
  readonly saysItself: readonly string[];
  /** By place, of both halves. */
  readonly returns: Readonly<Record<string, string>>;
}

/**
 * What a submission did in a part.
 * @param right what a right solution returns: only what differs from it is told; undefined for the right one itself
 */
export function observe(
  {
    checks,
    evidence,
    results,
  }: {
    readonly checks: readonly LoadedCheck[];
    readonly evidence: Evidence;
    readonly results: readonly CheckResult[];
  },
  right: ReadonlyMap<string, Fingerprint> | undefined,
): Observed {
  const failed = new Set(results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id));
  const returns: Record<string, string> = {};
  for (const [name, { value, near }] of allPlaces(checks.map(({ check }) => check))) {
    const found = fingerprintAt(value, evidence);
    const wanted = right?.get(name);
    if (!wanted || !isSame(found, wanted, near)) returns[name] = writeFingerprint(found);
  }
  const wrong = checks.map(({ check }) => check).filter(({ id }) => failed.has(id));
  const ofValues = wrong.filter((check) => placesOf(check).length > 0);
  return {
    fails: Object.fromEntries(ofValues.map((check) => [check.id, relationTold(check, evidence)])),
    saysItself: wrong.filter((check) => !ofValues.includes(check)).map(({ id }) => id),
    returns,
  };
}

/** The kind of the relation that the message of a failed check tells. */
function relationTold(check: Check, evidence: Evidence): Diagnosis['kind'] | '' {
  if (check.kind !== 'tensor-close' && check.kind !== 'gradient-close') return '';
  const verdict = judge(check, evidence);
  if (verdict.outcome !== 'failed' || verdict.diagnosis === undefined) return '';
  const own: Selector = check.kind === 'tensor-close' ? check.value : { call: check.call, gradient: true };
  const seen = check.kind === 'tensor-close' && check.factorSeenIn ? [check.factorSeenIn] : [];
  for (const value of [own, ...seen]) {
    const { tensor: expected, wanted } = expectedValue(evidence, { case: check.case, value });
    const received = receivedValue(evidence, { case: check.case, value }, { wanted });
    if (!received.ok) continue;
    const pair = { actual: received.tensor, expected, atol: check.atol, rtol: check.rtol };
    // A right gradient beside a wrong number: the number's form alone is wrong.
    const found = compareTensors(pair).equal ? undefined : diagnose(pair);
    if (found) return found.kind;
  }
  return 'reshaped';
}
