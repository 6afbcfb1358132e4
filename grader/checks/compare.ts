import {
  compareTensors,
  describeDiagnosis,
  describeMismatch,
  describeMismatchKind,
  diagnose,
  type Diagnosis,
} from '../numeric/index.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { Evidence } from './evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from './resolve-value.ts';
import type { FailureKind, Verdict } from './verdict.ts';

/** Of the points, for a result that is right but for a positive constant factor, or but for its shape. */
export const HALF_RIGHT = 0.5;

const KIND_OF = {
  dtype: 'form',
  shape: 'form',
  'not-finite': 'not-finite',
  values: 'values',
} as const satisfies Record<string, FailureKind>;

/** Judges one value against the fixtures within a tolerance. */
export function judgeCloseness(
  check: ValueOf & { readonly atol: number; readonly rtol: number; readonly partial?: boolean | undefined },
  evidence: Evidence,
): Verdict {
  const { tensor: expected, wanted } = expectedValue(evidence, check);
  const selected = receivedValue(evidence, check, { wanted });
  if (!selected.ok) return selected.verdict;
  const verdict = compareWith({ actual: selected.tensor, expected, atol: check.atol, rtol: check.rtol });
  return check.partial === false ? wholeOnly(verdict) : verdict;
}

/** The same verdict without the points for half of it. */
function wholeOnly(verdict: Verdict): Verdict {
  if (verdict.outcome !== 'failed') return verdict;
  const { share: _, ...whole } = verdict;
  return whole;
}

/** The verdict on one tensor, with the simple cause that explains it where there is one. */
export function compareWith(pair: {
  readonly actual: TensorData;
  readonly expected: TensorData;
  readonly atol: number;
  readonly rtol: number;
}): Verdict {
  const { atol, rtol } = pair;
  const comparison = compareTensors(pair);
  const measure =
    comparison.worstUse === undefined
      ? {}
      : { measure: { used: comparison.worstUse, relativeError: comparison.relativeError ?? 0 } };
  if (comparison.equal) {
    return { outcome: 'passed', note: `error ${comparison.relativeError.toFixed(3)}`, ...measure };
  }
  const { reason } = comparison;
  const details = [describeMismatch({ mismatch: reason, atol, rtol })];
  if (comparison.relativeError !== undefined && Number.isFinite(comparison.relativeError)) {
    details.push(
      `error ${comparison.relativeError.toPrecision(3)} relative to the norm of the expected values`,
    );
  }
  const found = reason.kind === 'values' || reason.kind === 'shape' ? diagnose(pair) : undefined;
  return {
    outcome: 'failed',
    kind: KIND_OF[reason.kind],
    summary: describeMismatchKind(reason),
    details,
    ...(found ? { diagnosis: describeDiagnosis(found) } : {}),
    ...(found && isHalfRight(found) ? { share: HALF_RIGHT } : {}),
    tensors: { expected: pair.expected, received: pair.actual, atol, rtol },
    ...measure,
  };
}

function isHalfRight(diagnosis: Diagnosis): boolean {
  return diagnosis.kind === 'reshaped' || (diagnosis.kind === 'factor' && diagnosis.factor > 0);
}
