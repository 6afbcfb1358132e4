import type { PartDefinition } from '../../grader/assignment/define.ts';
import { checkRubric } from '../fixtures/check-rubric.ts';
import { mistakesOf } from '../judging/mistakes.ts';
import { wrongSolutions, type WrongSolution } from './compile.ts';
import { causesTold, holdOut, isRecognisable, whatIsTold, type RecordedPart, type Told } from './held-out.ts';
import { amountOfSolutions, currentRecord } from './run-solutions.ts';

/** At least this share of what is held out gets the right cause, at most this one a wrong cause. */
export const LEAST_RIGHT = 0.85;
export const MOST_WRONG = 0.03;

export interface MeasuredSolution extends Pick<WrongSolution, 'name'> {
  readonly told: Told;
  /** Whether another solution with the same cause is known. */
  readonly hasTwin: boolean;
}

/** How well the mistakes of a part are recognised. */
export interface PartMeasure {
  readonly part: string;
  readonly title: string;
  readonly on: string;
  /** Wrong solutions that fail only checks which say themselves what is wrong. */
  readonly sayThemselves: number;
  readonly known: number;
  readonly heldOut: readonly MeasuredSolution[];
  /** Each wrong solution where all of them are known. */
  readonly all: readonly MeasuredSolution[];
  /** Each mistake where none with its cause is known: somebody makes it for the first time. */
  readonly unknown: readonly MeasuredSolution[];
  readonly rightOnes: number;
  /** Right solutions that would be told a cause if some check of theirs had failed. */
  readonly rightOnesTold: readonly string[];
}

/** Undefined where not all of a part is recorded as it is now. */
export function measureKnown({ id, title, ...part }: PartDefinition): PartMeasure | undefined {
  const { total, known: count } = amountOfSolutions(id);
  if (count < total) return undefined;
  const recorded = currentRecord(id);
  const recordedPart: RecordedPart = {
    rated: checkRubric({ id, title, ...part }),
    recorded,
    cases: part.cases.map(({ id: name, calls, derived }) => ({
      id: name,
      calls: [...calls],
      derived: [...derived],
    })),
  };
  const described = mistakesOf(id);
  const wrong = wrongSolutions(recorded, described);
  const { heldOut, known } = holdOut(wrong);
  const measure = (one: WrongSolution, among: readonly WrongSolution[]): MeasuredSolution => ({
    name: one.name,
    told: whatIsTold(
      recordedPart,
      one,
      among,
      described.get(`should-fail/${id}/${one.mistake}`)?.relations ?? [],
    ),
    hasTwin: among.some((other) => other !== one && other.cause === one.cause),
  });
  const rightOnes = Object.entries(recorded.runs).filter(([name]) => name.startsWith('should-pass/'));
  return {
    part: id,
    title,
    on: recorded.on,
    sayThemselves: wrong.filter((one) => !isRecognisable(one)).length,
    known: known.filter(isRecognisable).length,
    heldOut: heldOut.map((one) => measure(one, known)),
    all: wrong.filter(isRecognisable).map((one) => measure(one, wrong)),
    unknown: wrong
      .filter((one) => isRecognisable(one) && one.name.startsWith('should-fail/'))
      .map((one) =>
        measure(
          one,
          wrong.filter(({ cause }) => cause !== one.cause),
        ),
      ),
    rightOnes: rightOnes.length,
    rightOnesTold: rightOnes
      .filter(([, run]) =>
        recordedPart.rated.some(
          ({ check: { id: failed } }) =>
            causesTold(recordedPart, run, wrong, (check) => check.id === failed).size > 0,
        ),
      )
      .map(([name]) => name),
  };
}

/** Parts of which some solutions are not recorded as they are now, by title: how many. */
export function openParts(parts: readonly PartDefinition[]): ReadonlyMap<string, number> {
  const amounts = parts.map(({ id, title }) => ({ title, ...amountOfSolutions(id) }));
  return new Map(
    amounts.flatMap(({ title, total, known }) => (known < total ? [[title, total - known]] : [])),
  );
}

/** How many were told so. */
export const countTold = (solutions: readonly MeasuredSolution[], told: Told): number =>
  solutions.filter((one) => one.told === told).length;
