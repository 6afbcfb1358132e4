import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { grade } from '../../grader/pipeline/grade.ts';
import { StandingWork } from '../../grader/pipeline/calls/standing-work.ts';
import type { CheckResult, PartResult } from '../../grader/report/grade-report.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { makeScratch } from '../../grader/sandbox/scratch.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { startProgress } from '../terminal/progress.ts';
import type { KnownMistake } from './known-mistakes.ts';

/** Right in everything. */
const REFERENCE = join(FIXTURES, 'submissions', 'should-pass', 'reference');

/** By what known mistakes are graded. */
export interface MistakeGrading {
  readonly halves: readonly string[];
  readonly template: string;
  /** Values of private checks are compared, too: that they are the same says what they are. */
  readonly reveal: boolean;
}

/** The failed checks of a part whose values are compared. */
export const comparedChecks = (
  { checks }: PartResult,
  { reveal }: Pick<MistakeGrading, 'reveal'>,
): CheckResult[] =>
  checks.filter(({ outcome, half }) => outcome === 'failed' && (reveal || half === 'public'));

/** All that was found of a check, values among it. */
const foundBy = ({ outcome, message, staffOnly }: CheckResult): string =>
  JSON.stringify([outcome, message, staffOnly?.message]);

/**
 * Which of several known mistakes has the same values: one after the other is graded, and what its failed checks found
 * is compared.
 * @param corpus the folder of the part's known mistakes
 * @returns those first that share most
 */
export async function tellApart(
  part: PartResult,
  known: readonly KnownMistake[],
  { corpus, halves, template, reveal }: MistakeGrading & { readonly corpus: string },
): Promise<KnownMistake[]> {
  const failed = comparedChecks(part, { reveal });
  const compared = new Map(known.map((mistake) => [mistake.name, mistake]));
  const parts = [part.id];
  const { path: place, remove } = makeScratch('mistakes');
  const sandbox = openSandbox();
  const standing = new StandingWork({ assignment: halves, parts });
  const progress = startProgress({ title: 'known mistakes graded', total: known.length });
  const means = { assignment: halves, template, dependencies: ROOT, parts, sandbox, standing, types: false };
  try {
    for (const [index, mistake] of known.entries()) {
      // Some build on other parts of the assignment.
      const submission = join(place, mistake.name);
      for (const from of [REFERENCE, join(corpus, mistake.name)])
        cpSync(from, submission, { recursive: true });
      const report = await grade({ submission, ...means });
      const own = new Map(report.parts.flatMap(({ checks }) => checks.map((one) => [one.id, foundBy(one)])));
      const same = failed.filter((one) => own.get(one.id) === foundBy(one)).length;
      compared.set(mistake.name, { ...mistake, same });
      progress.at(index + 1);
    }
  } finally {
    progress.end();
    remove();
    await standing.close();
    await sandbox.close();
  }
  return [...compared.values()].toSorted((a, b) => (b.same ?? 0) - (a.same ?? 0) || b.likeness - a.likeness);
}
