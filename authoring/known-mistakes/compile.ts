import type { Half } from '../../grader/assignment/half.ts';
import type { Check } from '../../grader/checks/index.ts';
import { isSame, readFingerprint } from '../../grader/mistakes/fingerprint.ts';
import type { KnownMistakes, Mistake } from '../../grader/mistakes/known-mistakes.ts';
import { allPlaces, type Place } from '../../grader/mistakes/places.ts';
import type { RatedCheck } from '../fixtures/check-rubric.ts';
import type { Expectation } from '../judging/expectation.ts';
import { REFERENCE_RUN, type Recorded, type RecordedRun } from './record.ts';

/** A mistake as its folder describes it, by its place below `fixtures/submissions/`. */
export type Described = ReadonlyMap<string, Pick<Expectation, 'cause'>>;

/** A wrong solution with the cause that its mistake has. */
export interface WrongSolution {
  /** `should-fail/tv-loss/diagonal`, or `again/tv-loss/diagonal`. */
  readonly name: string;
  readonly mistake: string;
  readonly cause: string;
  readonly run: RecordedRun;
}

/** The recorded wrong solutions of a part whose mistake says its cause: each mistake, then its variant. */
export function wrongSolutions({ runs }: Recorded, described: Described): WrongSolution[] {
  return [...described]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([folder, { cause }]) => {
      const mistake = folder.split('/').at(-1)!;
      return [folder, folder.replace('should-fail/', 'again/')].flatMap((name) =>
        cause !== undefined && runs[name] ? [{ name, mistake, cause, run: runs[name] }] : [],
      );
    });
}

/** The checks by which a half knows a mistake: the public one by its own, the private one by all. */
export const checksSeen = (rated: readonly RatedCheck[], half: Half): Check[] =>
  rated.filter(({ visibility }) => half === 'private' || visibility === 'public').map(({ check }) => check);

/**
 * What the grader knows of some wrong solutions in one half: what they return where some checks look. Undefined where
 * nothing is known.
 *
 * @param options.checks those of the half, as {@link checksSeen} says
 * @param options.named whether the names of the mistakes are told, for the staff
 */
export function knownMistakesOf(
  { runs }: Recorded,
  options: {
    readonly checks: readonly Check[];
    readonly wrong: readonly WrongSolution[];
    readonly named: boolean;
  },
): KnownMistakes | undefined {
  const { checks, wrong, named } = options;
  const reference = runs[REFERENCE_RUN];
  if (!reference) return undefined;
  const places = allPlaces(checks);
  const inHalf = (returns: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(returns).filter(([place]) => places.has(place)));
  const mistakes: Mistake[] = [];
  for (const { mistake, cause, run } of wrong) {
    const returns = inHalf(run.returns);
    const one = { ...(named ? { name: mistake } : {}), cause, returns };
    const isKnown = mistakes.some(
      (other) => other.cause === cause && returnsSame(other.returns, returns, places),
    );
    if (Object.keys(returns).length > 0 && !isKnown) mistakes.push(one);
  }
  return mistakes.length === 0 ? undefined : { format: 1, right: inHalf(reference.returns), mistakes };
}

/** Whether two solutions are the same at every place. */
function returnsSame(
  a: Mistake['returns'],
  b: Mistake['returns'],
  places: ReadonlyMap<string, Place>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        b[name] !== undefined &&
        isSame(readFingerprint(a[name]), readFingerprint(b[name]), places.get(name)!.near),
    )
  );
}
