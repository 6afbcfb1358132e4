import type { LoadedCheck } from '../../assignment/loaded.ts';
import type { Hint } from '../../checks/check-base.ts';
import type { FailureKind, Verdict } from '../../checks/verdict.ts';

export const CONTACT =
  'This is not your fault: the grader could not judge this check. Please contact the staff.';
export const NOT_ATTEMPTED = 'Not attempted yet: the function still throws NotImplementedError.';

/** A student reads no more lines than this of one check. */
const MAX_LINES = 12;

/**
 * All that a student learns of a failure on an input that they have not seen: four texts, so that a submission cannot
 * have itself told what the input was.
 */
const ON_HIDDEN_INPUT: Readonly<Partial<Record<FailureKind, string>>> = {
  'no-result':
    'No result on an input that you have not seen: the call threw an error, took too long or too much memory, or was not made after several time-outs.',
  'not-finite': 'The result on an input that you have not seen has values that are NaN or infinite.',
  form: 'The result on an input that you have not seen has a wrong shape or type.',
  values: 'The result on an input that you have not seen is wrong.',
};

/** Of a failure of which half is right, the one thing that is not; which it is depends on the kind alone. */
function partlyRight({ kind }: Failed, points: number): string {
  const right = `the result is right but for ${kind === 'form' ? 'its shape' : 'a constant factor'}.`;
  return points > 0 ? `Half the points: ${right}` : `T${right.slice(1)}`;
}

type Failed = Extract<Verdict, { outcome: 'failed' }>;

/** What the check's author says of a failure of this kind. A single text is about wrong values. */
function hintFor(hint: Hint | undefined, kind: FailureKind): readonly string[] {
  const texts = typeof hint === 'string' ? { values: hint } : (hint ?? {});
  if (kind === 'not-callable') return [];
  const text = texts[kind === 'own-text' ? 'values' : kind];
  return text === undefined ? [] : [`Hint: ${text}`];
}

function failureMessage(verdict: Failed, { check, half }: LoadedCheck): readonly string[] {
  const { kind, summary, details, diagnosis } = verdict;
  const isPartlyRight = verdict.share !== undefined;
  // Values that are right but for a factor are not what a hint about wrong ones is for.
  const hint = isPartlyRight && kind === 'values' ? [] : hintFor(check.hint, kind);
  const partly = isPartlyRight ? [partlyRight(verdict, check.points)] : [];
  if (half === 'private') {
    return [ON_HIDDEN_INPUT[kind] ?? summary, ...hint, ...partly];
  }
  // A cause that follows from the values leaves no room for a guess at another one.
  const after = [...(diagnosis === undefined ? hint : [diagnosis]), ...partly];
  const told = details.length > 0 ? details : [summary];
  return [...told.slice(0, MAX_LINES - after.length), ...after];
}

/** The lines that a student reads of a verdict. */
export function messageOf(verdict: Verdict, loaded: LoadedCheck): string[] {
  switch (verdict.outcome) {
    case 'passed':
      return loaded.half === 'public' && verdict.note ? [verdict.note] : [];
    case 'failed':
      return [...failureMessage(verdict, loaded)];
    case 'not-attempted':
      return [verdict.message ?? NOT_ATTEMPTED];
    case 'skipped':
      return [verdict.message];
    case 'errored':
      return [CONTACT];
  }
}
