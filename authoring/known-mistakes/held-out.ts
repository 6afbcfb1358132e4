import type { CasePlan } from '../../grader/format/call-plan.ts';
import type { Half } from '../../grader/assignment/half.ts';
import type { Check } from '../../grader/checks/index.ts';
import { readFingerprint, type Fingerprint } from '../../grader/mistakes/fingerprint.ts';
import { functionOf, readAll, readMistake } from '../../grader/mistakes/likely-causes.ts';
import { causesOf, type Sight } from '../../grader/mistakes/match.ts';
import { resultsOfOtherCalls } from '../../grader/mistakes/other-call.ts';
import { allPlaces, placeName, placesOf } from '../../grader/mistakes/places.ts';
import type { RatedCheck } from '../fixtures/check-rubric.ts';
import { checksSeen, type WrongSolution } from './compile.ts';
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

/** The kind of a result that another call should return, as `relations` of `expect.json` names it. */
const OTHER_CALL = 'other-call';

const hasFailed =
  ({ fails }: RecordedRun) =>
  ({ id }: Check): boolean =>
    Object.hasOwn(fails, id);

const HALVES: readonly Half[] = ['public', 'private'];

/** A part as it is recorded, with its checks. */
export interface RecordedPart {
  readonly rated: readonly RatedCheck[];
  readonly recorded: Recorded;
  readonly cases: readonly CasePlan[];
}

/**
 * What a recorded solution would be told by what some wrong solutions return, by the ids of its failed checks.
 * @param failed default: those that it failed
 */
export function causesTold(
  part: RecordedPart,
  run: RecordedRun,
  known: readonly WrongSolution[],
  failed: (check: Check) => boolean = hasFailed(run),
): ReadonlyMap<string, string> {
  return toldBy(part, run, known, failed).causes;
}

/** As {@link causesTold}, and the failed checks of which a value is what another call should return. */
function toldBy(
  { rated, recorded, cases }: RecordedPart,
  run: RecordedRun,
  known: readonly WrongSolution[],
  failed: (check: Check) => boolean,
): { readonly causes: ReadonlyMap<string, string>; readonly ofOtherCalls: readonly string[] } {
  const told = HALVES.map((half) => {
    const checks = checksSeen(rated, half);
    const own = new Set(rated.filter(({ visibility }) => visibility === half).map(({ check }) => check.id));
    const places = allPlaces(checks);
    const mistakes = known.map(({ cause, run: { returns } }) =>
      readMistake({
        cause,
        returns: Object.fromEntries(Object.entries(returns).filter(([place]) => places.has(place))),
      }),
    );
    const wrong = checks
      .filter((check) => failed(check) && placesOf(check).length > 0)
      .map((check) => ({ id: check.id, places: placesOf(check).map(placeName) }));
    const sights = sightsOf(run, { recorded, cases }, checks);
    return {
      causes: [...causesOf(wrong, sights, mistakes)].filter(([id]) => own.has(id)),
      ofOtherCalls: [...resultsOfOtherCalls(wrong, sights)].filter((id) => own.has(id)),
    };
  });
  return {
    causes: new Map(told.flatMap(({ causes }) => causes)),
    ofOtherCalls: told.flatMap(({ ofOtherCalls }) => ofOtherCalls),
  };
}

function sightsOf(
  run: RecordedRun,
  { recorded: { runs }, cases }: Pick<RecordedPart, 'recorded' | 'cases'>,
  checks: readonly Check[],
): ReadonlyMap<string, Sight> {
  const right = readAll(runs[REFERENCE_RUN].returns);
  const sights = new Map<string, Sight>();
  for (const [place, { value, near }] of allPlaces(checks)) {
    const wanted = right.get(place);
    const line = run.returns[place];
    const received: Fingerprint | undefined = line === undefined ? wanted : readFingerprint(line);
    if (wanted && received) {
      const calls = cases.find(({ id }) => id === value.case)?.calls ?? [];
      sights.set(place, { of: functionOf(value.value.call, calls), received, right: wanted, near });
    }
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
  const { causes, ofOtherCalls } = toldBy(part, run, known, hasFailed(run));
  // A relation is told where no cause is.
  const told = Object.entries(run.fails).flatMap(([check, relation]) => {
    const kind = relation === '' && ofOtherCalls.includes(check) ? OTHER_CALL : relation;
    return causes.has(check) || kind === '' ? [] : [kind];
  });
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
