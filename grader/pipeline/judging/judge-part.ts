import { half } from '../../assignment/half.ts';
import { judge } from '../../checks/index.ts';
import type { Evidence } from '../../checks/evidence.ts';
import type { FailureKind, Verdict } from '../../checks/verdict.ts';
import { addPoints, type CheckResult, type Findings, type Outcome } from '../../report/grade-report.ts';
import { phase } from '../../format/phase.ts';
import { likelyCauses } from '../../mistakes/likely-causes.ts';
import { RESULT_OF_ANOTHER_CALL } from '../../mistakes/other-call.ts';
import { mapTensors } from '../../numeric/index.ts';
import { CONTACT, messageOf, NOT_ATTEMPTED } from './check-message.ts';
import type { LoadedCheck, LoadedPart } from '../../assignment/loaded.ts';

function safeJudge(loaded: LoadedCheck, evidence: Evidence): Verdict {
  try {
    return judge(loaded.check, evidence);
  } catch (error) {
    return { outcome: 'errored', message: error instanceof Error ? error.message : String(error) };
  }
}

/** What a sentence about what was likely done begins with. */
export const LIKELY_CAUSE = 'Likely cause: ';

const NOTHING_RETURNED: ReadonlySet<FailureKind> = new Set<FailureKind>(['no-result', 'not-callable']);

/** @param cause what was likely done, where a known mistake explains the failure */
function result(loaded: LoadedCheck, part: string, found: Verdict, cause: string | undefined): CheckResult {
  const { check, half } = loaded;
  const verdict = cause === undefined || found.outcome !== 'failed' ? found : { ...found, diagnosis: cause };
  const used = 'measure' in verdict ? verdict.measure?.used : undefined;
  return {
    ...base(loaded, part),
    half,
    outcome: verdict.outcome,
    earned: earnedBy(verdict, check.points),
    message: messageOf(verdict, loaded),
    ...(verdict.outcome === 'failed' ? findings(verdict, loaded) : {}),
    ...(verdict.outcome === 'failed' && NOTHING_RETURNED.has(verdict.kind) ? { returnedNothing: true } : {}),
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
  const verdicts = new Map<string, Verdict>();
  for (const loaded of part.checks) {
    const verdict = whyBlocked(part, loaded, verdicts) ?? safeJudge(loaded, evidence);
    if (verdict.outcome === 'errored') onErrored(`${part.id}/${loaded.check.id}`, verdict.message);
    verdicts.set(loaded.check.id, verdict);
  }
  const causes = phase('judging', `${part.id}: causes`, () => causesIn(part, verdicts, evidence, onErrored));
  return part.checks.map((loaded) => {
    const { id } = loaded.check;
    return result(loaded, part.id, verdicts.get(id)!, causes.get(id));
  });
}

/** The verdict on a check that requires another one which did not pass. */
function whyBlocked(
  { checks }: LoadedPart,
  { check }: LoadedCheck,
  verdicts: ReadonlyMap<string, Verdict>,
): Verdict | undefined {
  // One half alone lacks what the other one has.
  const missing = (check.requires ?? []).find(
    (id) => verdicts.has(id) && verdicts.get(id)?.outcome !== 'passed',
  );
  if (missing === undefined) return undefined;
  if (verdicts.get(missing)?.outcome === 'not-attempted')
    return { outcome: 'not-attempted', message: NOT_ATTEMPTED };
  const title = checks.find((one) => one.check.id === missing)?.check.title;
  return { outcome: 'skipped', message: `Skipped: fix “${title}” first; this check builds on it.` };
}

/** Whether a verdict itself tells a relation of the values to the expected ones. */
const isDiagnosed = (verdict: Verdict | undefined): boolean =>
  verdict?.outcome === 'failed' && verdict.diagnosis !== undefined;

/**
 * What was likely done, by the ids of failed checks. Public checks are explained by what came back on public cases and what
 * the public half knows of them, so that they say the same where there is no private half; private ones by all.
 */
function causesIn(
  part: LoadedPart,
  verdicts: ReadonlyMap<string, Verdict>,
  evidence: Evidence,
  onErrored: (check: string, message: string) => void,
): ReadonlyMap<string, string> {
  const failed = new Set([...verdicts].flatMap(([id, { outcome }]) => (outcome === 'failed' ? [id] : [])));
  if (failed.size === 0) return new Map();
  const causes = new Map<string, string>();
  for (const of of half.options) {
    try {
      const known = part.knownMistakes[of]?.();
      if (!known) continue;
      const seen = part.checks.filter((one) => of === 'private' || one.half === of);
      const checks = seen.map(({ check }) => check);
      const likely = likelyCauses({ checks, failed, evidence, known });
      for (const { check, half: own } of seen) {
        const cause = likely.causes.get(check.id);
        if (own !== of) continue;
        if (cause !== undefined) causes.set(check.id, `${LIKELY_CAUSE}${cause}`);
        else if (likely.ofOtherCalls.has(check.id) && !isDiagnosed(verdicts.get(check.id)))
          causes.set(check.id, RESULT_OF_ANOTHER_CALL);
      }
    } catch (error) {
      // A verdict stands without its explanation.
      onErrored(`${part.id}: known mistakes`, error instanceof Error ? error.message : String(error));
    }
  }
  return causes;
}
