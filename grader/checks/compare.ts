import { compareTensors, describeMismatch, describeMismatchKind } from '../numeric/index.ts';
import type { Evidence } from './evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from './resolve-value.ts';
import type { Verdict } from './verdict.ts';

/** Judges one value against the fixtures within a tolerance. */
export function judgeCloseness(
  check: ValueOf & { readonly atol: number; readonly rtol: number },
  evidence: Evidence,
): Verdict {
  const { tensor: expected, isNumber } = expectedValue(evidence, check);
  const selected = receivedValue(evidence, check, { wanted: isNumber ? 'a number' : 'a tensor' });
  if (!selected.ok) return selected.verdict;
  const { atol, rtol } = check;
  const comparison = compareTensors({ actual: selected.tensor, expected, atol, rtol });
  const measure =
    comparison.worstUse === undefined
      ? {}
      : { measure: { used: comparison.worstUse, relativeError: comparison.relativeError ?? 0 } };
  if (comparison.equal) {
    return { outcome: 'passed', note: `relative error ${comparison.relativeError.toFixed(3)}`, ...measure };
  }
  const details = [describeMismatch({ mismatch: comparison.reason, atol, rtol })];
  if (comparison.relativeError !== undefined) {
    details.push(`relative error ${comparison.relativeError.toPrecision(3)}, expected 0.000`);
  }
  return { outcome: 'failed', summary: describeMismatchKind(comparison.reason), details, ...measure };
}
