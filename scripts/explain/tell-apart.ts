import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import type { Check } from '../../grader/checks/index.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { StandingWork } from '../../grader/pipeline/calls/standing-work.ts';
import type { CheckResult, PartResult } from '../../grader/report/grade-report.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { makeScratch } from '../../grader/sandbox/scratch.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { startProgress } from '../terminal/progress.ts';
import { marksText } from './quiz-lines.ts';
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

/** Kinds of checks of which students read what is wrong even of a private one: the texts hold on any input. */
const TOLD_BY_MESSAGE: ReadonlySet<Check['kind']> = new Set<Check['kind']>(['memory', 'source-rule']);

/** Whether what a check of a part finds is known by its message, and not by values. */
export function isToldByMessage(id: string, { checks }: Pick<LoadedPart, 'checks'>): boolean {
  const loaded = checks.find(({ check }) => check.id === id);
  return loaded !== undefined && TOLD_BY_MESSAGE.has(loaded.check.kind);
}

/** The failed checks of a part that are compared; where nothing was returned, there are no values. */
export const comparedChecks = (
  { checks }: PartResult,
  loaded: Pick<LoadedPart, 'checks'>,
  { reveal }: Pick<MistakeGrading, 'reveal'>,
): CheckResult[] =>
  checks.filter(
    ({ id, outcome, half, returnedNothing }) =>
      outcome === 'failed' &&
      !returnedNothing &&
      (reveal || half === 'public' || isToldByMessage(id, loaded)),
  );

/**
 * All that was found of a check, values among it, or the answers: of these its message says only whether all are right.
 * How many tensors were left behind, or in which line something stands, two of one mistake need not have in common.
 */
export const foundBy = (
  { id, outcome, message, staffOnly }: CheckResult,
  loaded: Pick<LoadedPart, 'checks' | 'documents'>,
  files: ReadonlyMap<string, Uint8Array>,
): string => {
  if (isToldByMessage(id, loaded))
    return JSON.stringify([outcome, message.join('\n').replaceAll(/\d+/g, '0')]);
  const own = loaded.checks.find(({ check }) => check.id === id);
  const marks = own ? marksText(own, loaded.documents, files) : '';
  return JSON.stringify([outcome, message, staffOnly?.message, marks]);
};

/** The documents of a part that lie in a folder, by their paths. */
function documentsIn(folder: string, { documents }: LoadedPart): Map<string, Uint8Array> {
  const there = [...documents.keys()].filter((path) => existsSync(join(folder, path)));
  return new Map(there.map((path) => [path, readFileSync(join(folder, path))]));
}

/** What a submission is compared with known mistakes by. */
interface Comparison extends MistakeGrading {
  /** The folder of the part's known mistakes. */
  readonly corpus: string;
  readonly loaded: LoadedPart;
  /** What was submitted, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Which of several known mistakes has the same values: one after the other is graded, and what its failed checks found
 * is compared.
 * @returns those first that share most
 */
export async function tellApart(
  part: PartResult,
  known: readonly KnownMistake[],
  { corpus, loaded, files, halves, template, reveal }: Comparison,
): Promise<KnownMistake[]> {
  const failed = comparedChecks(part, loaded, { reveal });
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
      const theirs = documentsIn(submission, loaded);
      const found = new Map(
        report.parts.flatMap(({ checks }) => checks.map((one) => [one.id, foundBy(one, loaded, theirs)])),
      );
      const same = failed.filter((one) => found.get(one.id) === foundBy(one, loaded, files)).length;
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
