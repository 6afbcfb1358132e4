import type { Networks } from '../../authoring/judging/expectation.ts';
import { join } from 'node:path';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import { counted } from '../../grader/format/counted.ts';
import { MiB } from '../../grader/format/units.ts';
import { LIKELY_CAUSE } from '../../grader/pipeline/judging/judge-part.ts';
import type { PartResult } from '../../grader/report/grade-report.ts';
import { FIXTURES } from '../../repository.ts';
import { knownMistakes } from './known-mistakes.ts';
import { mistakeWords, type ComparedBy } from './mistake-words.ts';
import { comparedChecks, isToldByMessage, tellApart, type MistakeGrading } from './tell-apart.ts';

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

/** What failed checks name as the likely cause, in what may be seen of them. */
const causesNamed = ({ checks }: PartResult, reveal: boolean): ReadonlySet<string> =>
  new Set(
    checks
      .flatMap(({ message, staffOnly }) => [...message, ...((reveal && staffOnly?.message) || [])])
      .filter((line) => line.startsWith(LIKELY_CAUSE))
      .map((line) => line.slice(LIKELY_CAUSE.length)),
  );

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
    /** Also what private checks name as the likely cause. */
    readonly reveal: boolean;
  },
): Promise<string[]> {
  const { loaded, files, grading, networks, reveal } = setup;
  const corpus = join(MISTAKES, part.id);
  const failed = part.checks.filter(({ outcome }) => outcome === 'failed');
  const silent = failed.filter(({ returnedNothing }) => returnedNothing).length;
  const isSilent = silent > 0 && silent === failed.length;
  const ids = failed.map(({ id }) => id);
  // Whatever throws or hangs fails the same checks; only a cause that was found tells more.
  const known = knownMistakes(corpus, ids, networks, causesNamed(part, reveal)).filter(
    ({ isNamed }) => isNamed || !isSilent,
  );
  const isOpen = known.length > 1;
  const compared = typeof grading === 'object' ? comparedChecks(part, loaded, grading).length : 0;
  const apart =
    isOpen && typeof grading === 'object' && compared > 0
      ? await tellApart(part, known, { corpus, loaded, files, ...grading })
      : known;
  const [nearest] = apart;
  // Where one has every value, the others are not it.
  const shown = (
    nearest?.same === compared ? apart.filter(({ same, isNamed }) => same === compared || isNamed) : apart
  ).toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed));
  const by = { compared, what: whatIsCompared(part, setup) };
  const listed = shown.map((one) => mistakeWords(one, by));
  const lines = [...listed, ...silenceLines({ silent, isSilent, isListed: listed.length > 0 })];
  if (!isOpen || grading === 'never' || compared > 0) return lines;
  if (comparedChecks(part, loaded, { reveal: true }).length === 0) return lines;
  const isOpenToAll = comparedChecks(part, loaded, { reveal: false }).length > 0;
  const how = [...(grading === 'later' ? [`--part ${part.id}`] : []), ...(isOpenToAll ? [] : ['--reveal'])];
  return [...lines, `which of them is nearest, ${how.join(' with ')} finds out`];
}

function whatIsCompared(
  part: PartResult,
  { loaded, reveal }: { readonly loaded: LoadedPart; readonly reveal: boolean },
): ComparedBy['what'] {
  if (loaded.documents.size > 0) return 'answers';
  const compared = comparedChecks(part, loaded, { reveal });
  return compared.every(({ id }) => isToldByMessage(id, loaded)) ? 'messages' : 'values';
}

/** Of checks where no call returned anything: that there was nothing to compare. */
function silenceLines({
  silent,
  isSilent,
  isListed,
}: {
  readonly silent: number;
  readonly isSilent: boolean;
  readonly isListed: boolean;
}): string[] {
  if (isSilent)
    return [
      'no call returned anything where the failed checks look: there are no values to know a mistake by',
    ];
  return silent > 0 && isListed
    ? [
        `where ${counted(silent, 'check')} of these ${silent === 1 ? 'looks' : 'look'}, no call returned anything to compare`,
      ]
    : [];
}
