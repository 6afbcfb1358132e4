import type { Selector } from '../../format/selector.ts';
import { compareTensors, describeDiagnosis, diagnose } from '../../numeric/index.ts';
import { HALF_RIGHT } from '../compare.ts';
import type { Evidence } from '../evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from '../resolve-value.ts';
import type { Verdict } from '../verdict.ts';

const RESHAPED = { kind: 'reshaped' } as const;

/**
 * The verdict on a wrong number, with half the points where it is off by the positive factor that a tensor of the same
 * case is off by, or that has another shape: every number is some multiple of every other, so the number alone could not show it.
 */
export function numberOffByFactor(
  verdict: Extract<Verdict, { outcome: 'failed' }>,
  check: ValueOf & { readonly seenIn: Selector; readonly atol: number; readonly rtol: number },
  evidence: Evidence,
): Verdict {
  const { atol, rtol, seenIn } = check;
  const wanted = { case: check.case, value: seenIn };
  const seen = receivedValue(evidence, wanted, { wanted: 'a tensor' });
  const { wanted: form, tensor: expected } = expectedValue(evidence, check);
  const number = receivedValue(evidence, check, { wanted: form });
  if (!seen.ok || !number.ok || number.tensor.data.length !== 1) return verdict;
  const pair = { actual: seen.tensor, expected: expectedValue(evidence, wanted).tensor, atol, rtol };
  // A right number in a wrong shape: one value alone could not show that either.
  const found = compareTensors(pair).equal ? RESHAPED : diagnose(pair);
  const factor = found === RESHAPED ? 1 : found?.kind === 'factor' ? found.factor : 0;
  if (!found || factor <= 0) return verdict;
  const back = Float32Array.of(number.tensor.data[0] / factor);
  const { equal } = compareTensors({ actual: { ...expected, data: back }, expected, atol, rtol });
  return equal ? { ...verdict, diagnosis: describeDiagnosis(found), share: HALF_RIGHT } : verdict;
}
