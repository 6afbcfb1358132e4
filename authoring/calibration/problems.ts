import type { Check } from '../../grader/checks/index.ts';
import {
  LARGEST_MARGIN,
  LEAST_MARGIN,
  marginsOf,
  neverAlone,
  type KnownMistake,
  type Margins,
} from './margins.ts';
import type { Measured } from './measured.ts';
import type { Reasons } from './reasons.ts';

/** What is wrong with a part's checks, each with the submission that shows it, as far as runs were recorded. */
export function problemsOf(
  checks: readonly Check[],
  measured: Measured,
  mistakes: ReadonlyMap<string, KnownMistake>,
): string[] {
  return [
    ...[...mistakes].flatMap(([name, { fails }]) => unknownChecks(name, fails, checks)),
    ...Object.entries(measured.right).flatMap(([name, { fails }]) =>
      fails.map((check) => `${check}: ${name} is right and fails it; correct the check`),
    ),
    ...Object.entries(measured.wrong).flatMap(([name, { fails }]) => {
      const expected = mistakes.get(name)?.fails ?? [];
      return expected
        .filter((check) => !fails.includes(check))
        .map((check) => `${check}: ${name} is wrong and does not fail it; correct the check, or expect.json`);
    }),
    ...marginsOf(checks, measured, mistakes).flatMap(badMargins),
  ];
}

/**
 * Reasons why a check is there that nothing fails alone, where there is no such check or something does.
 * @param failures of every mistake and mutant, the checks that it failed
 */
export function needlessReasons(
  checks: readonly Check[],
  failures: readonly (readonly string[])[],
  found: Reasons,
): string[] {
  const companions = new Set(neverAlone(checks, failures).map(({ check }) => check));
  return Object.keys(found)
    .filter((id) => !companions.has(id))
    .map((id) => {
      const truth = checks.some((check) => check.id === id) ? 'something does' : 'there is no such check';
      return `${id}: fixtures/calibration/reasons/ says why nothing fails it alone, but ${truth}`;
    });
}

function unknownChecks(name: string, fails: readonly string[], checks: readonly Check[]): string[] {
  return fails
    .filter((id) => !checks.some((check) => check.id === id))
    .map((id) => `${id}: ${name} must fail it, but there is no such check`);
}

function badMargins({ check, right, wrong, below, above }: Margins): string[] {
  const problems: string[] = [];
  if (below < LEAST_MARGIN)
    problems.push(
      `${right.name} is right and uses ${right.used} of the tolerance; widen it, or choose inputs that round less`,
    );
  if (below > LARGEST_MARGIN)
    problems.push(`the tolerance is ${Math.round(below)} times what right solutions need; narrow it`);
  if (wrong && above !== undefined && above < LEAST_MARGIN)
    problems.push(
      `${wrong.name} is wrong and is only ${above} tolerances off; narrow it, or choose inputs on which it shows`,
    );
  return problems.map((problem) => `${check}: ${problem}`);
}
