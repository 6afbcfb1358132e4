import type { Half } from '../../grader/assignment/half.ts';
import type { Check } from '../../grader/checks/index.ts';
import { readFingerprint, type Fingerprint } from '../../grader/mistakes/fingerprint.ts';
import { readAll, readMistake } from '../../grader/mistakes/likely-causes.ts';
import { causesOf, type Sight } from '../../grader/mistakes/match.ts';
import { allPlaces, placeName, placesOf } from '../../grader/mistakes/places.ts';
import type { RatedCheck } from '../fixtures/check-rubric.ts';
import { checksOf, knownMistakesOf, type WrongSolution } from './compile.ts';
import { REFERENCE_RUN, type Recorded, type RecordedRun } from './record.ts';

/** What a wrong solution is told of its cause, over all its failed checks. */
export type Told =
  /** Some check tells the right cause by its fingerprint, and none a wrong one. */
  | 'right'
  /** None knows the cause; the relation to the expected value that is told is one by which the mistake may be told. */
  | 'relation'
  | 'nothing'
  /** A check tells another cause, or a relation that leads astray. */
  | 'wrong';

const HALVES: readonly Half[] = ['public', 'private'];

/** A part as it is recorded, with its checks. */
export interface RecordedPart {
  readonly rated: readonly RatedCheck[];
  readonly recorded: Recorded;
}

/**
 * What a recorded solution would be told by what some wrong solutions return, by the ids of its failed checks.
 * @param failed default: those that it failed
 */
export function causesTold(
  { rated, recorded }: RecordedPart,
  run: RecordedRun,
  known: readonly WrongSolution[],
  failed: (check: Check) => boolean = ({ id }) => Object.hasOwn(run.fails, id),
): ReadonlyMap<string, string> {
  const told = HALVES.flatMap((half) => {
    const checks = checksOf(rated, half);
    const mistakes = knownMistakesOf(recorded, { checks, wrong: known, named: false })?.mistakes ?? [];
    const wrong = checks
      .filter((check) => failed(check) && placesOf(check).length > 0)
      .map((check) => ({ id: check.id, places: placesOf(check).map(placeName) }));
    return [...causesOf(wrong, sightsOf(run, recorded, checks), mistakes.map(readMistake))];
  });
  return new Map(told);
}

function sightsOf(
  run: RecordedRun,
  { runs }: Recorded,
  checks: readonly Check[],
): ReadonlyMap<string, Sight> {
  const right = readAll(runs[REFERENCE_RUN].returns);
  const sights = new Map<string, Sight>();
  for (const [place, { near }] of allPlaces(checks)) {
    const wanted = right.get(place);
    const line = run.returns[place];
    const received: Fingerprint | undefined = line === undefined ? wanted : readFingerprint(line);
    if (wanted && received) sights.set(place, { received, right: wanted, near });
  }
  return sights;
}

/** @param relations by which the mistake may be told, too */
export function whatIsTold(
  part: RecordedPart,
  { cause, run }: WrongSolution,
  known: readonly WrongSolution[],
  relations: readonly string[],
): Told {
  const causes = causesTold(part, run, known);
  // A relation is told where no cause is.
  const told = Object.entries(run.fails).flatMap(([check, kind]) =>
    causes.has(check) || kind === '' ? [] : [kind],
  );
  if ([...causes.values()].some((one) => one !== cause)) return 'wrong';
  if (told.some((kind) => !relations.includes(kind))) return 'wrong';
  return causes.size > 0 ? 'right' : told.length > 0 ? 'relation' : 'nothing';
}

/** Every third of the wrong solutions whose values can be recognised is held out. */
const EVERY = 3;

export const isRecognisable = ({ run }: WrongSolution): boolean => Object.keys(run.fails).length > 0;

/** The wrong solutions in two: every third of those whose values can be recognised, and all others. */
export function holdOut(wrong: readonly WrongSolution[]): {
  readonly heldOut: readonly WrongSolution[];
  readonly known: readonly WrongSolution[];
} {
  const heldOut = wrong.filter(isRecognisable).filter((_, i) => i % EVERY === EVERY - 1);
  return { heldOut, known: wrong.filter((one) => !heldOut.includes(one)) };
}
