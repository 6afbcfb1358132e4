import { judge } from '../checks/index.ts';
import type { Evidence } from '../checks/evidence.ts';
import type { Verdict } from '../checks/verdict.ts';
import { addPoints, type CheckResult, type Findings, type Outcome } from '../report/grade-report.ts';
import { mapTensors } from '../numeric/index.ts';
import { CONTACT, messageOf, NOT_ATTEMPTED } from './check-message.ts';
import type { LoadedCheck, LoadedPart } from '../assignment/loaded.ts';

function safeJudge(loaded: LoadedCheck, evidence: Evidence): Verdict {
  try {
    return judge(loaded.check, evidence);
  } catch (error) {
    return { outcome: 'errored', message: error instanceof Error ? error.message : String(error) };
  }
}

function result(loaded: LoadedCheck, part: string, verdict: Verdict): CheckResult {
  const { check, half } = loaded;
  const used = 'measure' in verdict ? verdict.measure?.used : undefined;
  return {
    ...base(loaded, part),
    half,
    outcome: verdict.outcome,
    earned: earnedBy(verdict, check.points),
    message: messageOf(verdict, loaded),
    ...(verdict.outcome === 'failed' ? findings(verdict, loaded) : {}),
    ...(used === undefined || !Number.isFinite(used) ? {} : { used }),
  };
}

type Failed = Extract<Verdict, { outcome: 'failed' }>;

/** What the values show: beside the message of a public check; of a private one apart, with the message that has them. */
function findings(verdict: Failed, loaded: LoadedCheck): Partial<CheckResult> {
  const tensors = verdict.tensors && mapTensors(verdict.tensors);
  const shown: Omit<Findings, 'message'> = {
    ...(verdict.pictures ? { pictures: verdict.pictures } : {}),
    ...(tensors ? { tensors } : {}),
  };
  if (loaded.half === 'public') return shown;
  return { staffOnly: { message: messageOf(verdict, { ...loaded, half: 'public' }), ...shown } };
}

function earnedBy(verdict: Verdict, points: number): number {
  if (verdict.outcome === 'passed') return points;
  return verdict.outcome === 'failed' ? addPoints([points * (verdict.share ?? 0)]) : 0;
}

function base({ check, half }: LoadedCheck, part: string) {
  const { id, title, points, bonus = false } = check;
  return { id, part, title, points, bonus, half };
}

function blocked(loaded: LoadedCheck, part: string, outcome: Outcome, message: string): CheckResult {
  return { ...base(loaded, part), outcome, earned: 0, message: [message] };
}

/** A result for every check before anything has been judged. */
export function pendingChecks(part: LoadedPart, message: string): CheckResult[] {
  return part.checks.map((loaded) => blocked(loaded, part.id, 'skipped', message));
}

/** A result for every check when the grader itself failed. */
export function erroredChecks(part: LoadedPart): CheckResult[] {
  return part.checks.map((loaded) => blocked(loaded, part.id, 'errored', CONTACT));
}

/** Judges a part's checks in their order; one that requires another is skipped when that one did not pass. */
export function judgePart(
  part: LoadedPart,
  evidence: Evidence,
  onErrored: (check: string, message: string) => void,
): CheckResult[] {
  const results = new Map<string, CheckResult>();
  for (const loaded of part.checks) {
    const { check } = loaded;
    const missing = (check.requires ?? [])
      .map((id) => results.get(id))
      .find((required) => required?.outcome !== 'passed');
    if (missing) {
      const notAttempted = missing.outcome === 'not-attempted';
      const message = notAttempted
        ? NOT_ATTEMPTED
        : `Skipped: fix “${missing.title}” first; this check builds on it.`;
      results.set(check.id, blocked(loaded, part.id, notAttempted ? 'not-attempted' : 'skipped', message));
      continue;
    }
    const verdict = safeJudge(loaded, evidence);
    if (verdict.outcome === 'errored') onErrored(`${part.id}/${check.id}`, verdict.message);
    results.set(check.id, result(loaded, part.id, verdict));
  }
  return [...results.values()];
}
