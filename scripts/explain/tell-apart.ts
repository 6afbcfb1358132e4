import type { CheckResult, GradeReport, PartResult } from '../../grader/report/grade-report.ts';
import type { KnownMistake } from './known-mistakes.ts';

/** All that was found of a check, values among it. */
const foundBy = ({ outcome, message, staffOnly }: CheckResult): string =>
  JSON.stringify([outcome, message, staffOnly?.message]);

/**
 * Which of several known mistakes has the same values: each is graded, and what its failed checks found is compared.
 * @returns those first that share most
 */
export async function tellApart(
  part: PartResult,
  known: readonly KnownMistake[],
  gradeMistake: (name: string) => Promise<GradeReport>,
): Promise<KnownMistake[]> {
  const failed = part.checks.filter(({ outcome }) => outcome === 'failed');
  const compared: (KnownMistake & { readonly same: number })[] = [];
  for (const mistake of known) {
    const { parts } = await gradeMistake(mistake.name);
    const own = new Map(
      parts.flatMap(({ id, checks }) => (id === part.id ? checks : [])).map((one) => [one.id, foundBy(one)]),
    );
    compared.push({ ...mistake, same: failed.filter((one) => own.get(one.id) === foundBy(one)).length });
  }
  return compared.toSorted((a, b) => b.same - a.same || b.likeness - a.likeness);
}
