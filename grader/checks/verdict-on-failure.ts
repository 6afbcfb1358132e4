import type { CallOutcome, FailureReason } from '../format/outcome.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** The outcome that stands for a call nobody made. */
const NOT_REACHED: CallOutcome = {
  kind: 'failed',
  reason: 'not-reached',
  summary: 'an earlier call of the same case did not succeed, so this one could not be made',
  details: [],
};

export function outcomeOf(evidence: Evidence, caseId: string, callId: string): CallOutcome {
  return evidence.outcomes(caseId).get(callId) ?? NOT_REACHED;
}

/** Failures that come before any input is seen: their texts are the same for public and private cases. */
const BEFORE_ANY_INPUT: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'does-not-compile',
  'missing-function',
]);

/** The verdict on a call that returned nothing to look at. */
export function verdictOnFailure(outcome: Exclude<CallOutcome, { kind: 'returned' }>): Verdict {
  if (outcome.kind === 'errored') return { outcome: 'errored', message: outcome.message };
  if (outcome.reason === 'not-implemented') return { outcome: 'not-attempted' };
  const { summary, details, reason } = outcome;
  const kind = BEFORE_ANY_INPUT.has(reason)
    ? 'not-callable'
    : reason === 'wrong-result'
      ? 'form'
      : reason === 'not-finite'
        ? 'not-finite'
        : 'no-result';
  return { outcome: 'failed', kind, summary, details: [summary, ...details] };
}
