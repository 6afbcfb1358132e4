import { valueAt } from '../../format/value-tree.ts';
import type { CheckResult, LeaderboardValue } from '../../report/grade-report.ts';
import type { LeaderboardEntry } from '../../assignment/policy.ts';
import type { CallOutcome, CaseOutcomes } from '../../format/outcome.ts';

const DIGITS = 6;
/** A number is shown to the whole course, and a submission that has passed can still choose its last digits. */
const DIGITS_ON_HIDDEN_INPUT = 2;

/**
 * What a part has to show on the leaderboard. A column stays empty when its call brought no number, or when a check
 * that it requires did not pass.
 */
export function leaderboardValues(options: {
  readonly entries: readonly LeaderboardEntry[];
  readonly part: string;
  readonly privateCases: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, CaseOutcomes>;
  readonly checks: readonly Pick<CheckResult, 'id' | 'outcome'>[];
}): LeaderboardValue[] {
  const { entries, part, privateCases, outcomes, checks } = options;
  const passed = new Set(checks.filter((check) => check.outcome === 'passed').map((check) => check.id));
  return entries.flatMap((entry) => {
    if (entry.part !== part || !entry.requires.every((id) => passed.has(id))) return [];
    const call = 'seconds' in entry ? entry.seconds : entry.value.call;
    const outcome = outcomes.get(entry.case)?.get(call);
    const number = outcome?.kind === 'returned' ? numberOf(entry, outcome) : undefined;
    if (number === undefined || !Number.isFinite(number)) return [];
    const digits = privateCases.has(entry.case) ? DIGITS_ON_HIDDEN_INPUT : DIGITS;
    return [{ name: entry.name, value: Number(number.toPrecision(digits)), order: entry.order }];
  });
}

function numberOf(
  entry: LeaderboardEntry,
  outcome: Extract<CallOutcome, { kind: 'returned' }>,
): number | undefined {
  if ('seconds' in entry) return outcome.seconds;
  const value = valueAt(outcome.value, entry.value.path ?? []);
  if (value && 'number' in value) return Number(value.number);
  const tensor = value && 'tensor' in value ? outcome.tensors[value.tensor] : undefined;
  return tensor?.data.length === 1 ? Number(tensor.data[0]) : undefined;
}
