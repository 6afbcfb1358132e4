import type { Networks } from '../../authoring/judging/expectation.ts';
import { join } from 'node:path';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import { MiB } from '../../grader/format/units.ts';
import type { PartResult } from '../../grader/report/grade-report.ts';
import { FIXTURES } from '../../repository.ts';
import { knownMistakes } from './known-mistakes.ts';
import { comparedChecks, tellApart, type MistakeGrading } from './tell-apart.ts';

const MISTAKES = join(FIXTURES, 'submissions', 'should-fail');

/** How long a part took, and how much memory where that is known. */
export const costsOf = ({ seconds, peakBytes }: PartResult): string =>
  [
    `${seconds.toFixed(1)} s`,
    ...(peakBytes === undefined ? [] : [`${Math.round(peakBytes / MiB)} MiB of memory`]),
  ].join(', ');

/** How all checks of a part ended: what fails beside a check says much about why. */
export function outcomeLines({ checks }: PartResult): string[] {
  const words = {
    failed: 'failed',
    skipped: 'skipped',
    errored: 'not judged',
    'not-attempted': 'not attempted',
    passed: 'passed',
  } as const;
  return Object.entries(words).flatMap(([outcome, word]) => {
    const ids = checks.filter((one) => one.outcome === outcome).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${word}: ${ids.join(', ')}`];
  });
}

/**
 * The known mistakes that fail the same checks; where several do, which of them has the same values.
 * @param setup.grading how to find out which; `later` where that is left to a run for this part alone, `never` where
 *   nothing is to be graded
 */
export async function mistakeLines(
  part: PartResult,
  setup: {
    readonly loaded: LoadedPart;
    /** What was submitted, by path. */
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly grading: MistakeGrading | 'later' | 'never';
    readonly networks: Networks;
  },
): Promise<string[]> {
  const { loaded, files, grading, networks } = setup;
  const corpus = join(MISTAKES, part.id);
  const failed = part.checks.filter(({ outcome }) => outcome === 'failed').map((check) => check.id);
  const known = knownMistakes(corpus, failed, networks);
  const isOpen = known.length > 1;
  const compared = typeof grading === 'object' ? comparedChecks(part, grading).length : 0;
  const apart =
    isOpen && typeof grading === 'object' && compared > 0
      ? await tellApart(part, known, { corpus, loaded, files, ...grading })
      : known;
  const [nearest] = apart;
  // Where one has every value, the others are not it.
  const shown = nearest?.same === compared ? apart.filter(({ same }) => same === compared) : apart;
  const what = loaded.documents.size > 0 ? 'answers' : 'values';
  const lines = shown.map(({ name, about, likeness, same }) => {
    const checks = likeness === 1 ? 'exactly' : `${Math.round(likeness * 100)} % of`;
    const values =
      same === undefined
        ? ''
        : `, and of ${compared} it gives ${same === compared ? 'all' : same} the same ${what}`;
    return `fails ${checks} the checks that the known mistake “${name}” does${values}: ${about}`;
  });
  if (!isOpen || grading === 'never' || compared > 0) return lines;
  const isOpenToAll = comparedChecks(part, { reveal: false }).length > 0;
  const how = [...(grading === 'later' ? [`--part ${part.id}`] : []), ...(isOpenToAll ? [] : ['--reveal'])];
  return [...lines, `which of them is nearest, ${how.join(' with ')} finds out`];
}
