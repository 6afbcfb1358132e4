import type { PartDefinition } from '../../grader/assignment/define.ts';
import { checkRubric } from '../fixtures/check-rubric.ts';
import { mistakesOf } from '../judging/mistakes.ts';
import { wrongSolutions, type WrongSolution } from './compile.ts';
import { causesTold, holdOut, isRecognisable, whatIsTold, type RecordedPart, type Told } from './held-out.ts';
import { REFERENCE_RUN } from './record.ts';
import { currentRecord } from './run-solutions.ts';

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
  readonly rightOnes: number;
  /** Right solutions that would be told a cause if every check of theirs had failed. */
  readonly rightOnesTold: readonly string[];
}

/** Undefined where nothing is recorded of a part as it is now. */
export function measureKnown({ id, title, ...part }: PartDefinition): PartMeasure | undefined {
  const recorded = currentRecord(id);
  if (!recorded.runs[REFERENCE_RUN]) return undefined;
  const recordedPart: RecordedPart = { rated: checkRubric({ id, title, ...part }), recorded };
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
    rightOnes: rightOnes.length,
    rightOnesTold: rightOnes
      .filter(([, run]) => causesTold(recordedPart, run, wrong, () => true).size > 0)
      .map(([name]) => name),
  };
}

/** How many were told so. */
export const countTold = (solutions: readonly MeasuredSolution[], told: Told): number =>
  solutions.filter((one) => one.told === told).length;
