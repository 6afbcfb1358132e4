import { casesOf, judge, valuesOf, type Check } from '../../../grader/checks/index.ts';
import type { ValueOf } from '../../../grader/checks/resolve-value.ts';
import type { CaseOutcomes } from '../../../grader/format/outcome.ts';
import { addPoints } from '../../../grader/report/grade-report.ts';
import type { ReferenceRun } from '../../fixtures/reference-run.ts';
import { placeOf } from '../own-rubric.ts';
import type { Answer, RecordedPart } from '../recorded-part.ts';
import { fileOf, type Refusal } from '../refusal.ts';
import {
  answerCase,
  isUnchanged,
  TRIVIAL_ANSWERS,
  variantsOf,
  type CaseWithArguments,
  type TrivialAnswer,
} from './answers.ts';
import { withArguments } from './arguments.ts';

/** What trivial answers do to a part. */
export interface TrivialResult {
  /** The points of the best variant of each answer. */
  readonly points: ReadonlyMap<TrivialAnswer, number>;
  readonly refusals: readonly Refusal[];
}

const WORDS: Readonly<Record<TrivialAnswer, string>> = {
  zeros: 'zeros',
  ones: 'ones',
  inputs: 'an input of the call',
  copies: 'what another call of the case returned',
  'first image': 'the result of the first image for all',
};

/** What a variant does: the checks whose points it earns, and the points. */
type Earned = ReadonlyMap<string, number>;

/** Judges every variant of every trivial answer to a part, as the grader would judge a submission. */
export async function judgeTrivialAnswers(
  reference: ReferenceRun,
  recorded: RecordedPart,
): Promise<TrivialResult> {
  const cases: CaseWithArguments[] = [];
  for (const one of recorded.cases.values()) cases.push(await withArguments(reference, one));
  const points = new Map<TrivialAnswer, number>();
  const report = new TrivialReport(recorded);
  for (const name of TRIVIAL_ANSWERS) {
    let best = 0;
    for await (const { answer, counts } of answersOf(reference, recorded, cases, name)) {
      const earned = earnedBy(recorded, answer, name, counts);
      best = Math.max(best, addPoints([...earned.values()]));
      report.addEarned(name, earned);
      for (const { check } of recorded.checks)
        if (counts(check) && isTakenIn(check, recorded, answer)) report.addTakenIn(name, check);
    }
    points.set(name, best);
  }
  return { points, refusals: report.refusals() };
}

/** All that would come back under a trivial answer, a variant at a time, and which checks it says something about. */
async function* answersOf(
  reference: ReferenceRun,
  recorded: RecordedPart,
  cases: readonly CaseWithArguments[],
  name: TrivialAnswer,
): AsyncGenerator<{ readonly answer: Answer; readonly counts: (check: Check) => boolean }> {
  const { document } = recorded.ownAnswer;
  if (cases.length === 0) {
    // A part without calls has a document: no answer of it is marked, or all are.
    if (name === 'zeros' || name === 'ones')
      yield { answer: documentAnswer(recorded, name), counts: () => true };
    return;
  }
  for (const variant of variantsOf(name, cases)) {
    const outcomes = new Map<string, CaseOutcomes>(
      cases.map((one) => [one.recorded.definition.id, answerCase(one, variant)]),
    );
    await deriveWhatIsJudged(reference, recorded, outcomes, name);
    yield {
      answer: { outcomes, document },
      // A solution that is right for one image at a time earns what asks for no more.
      counts: (check) =>
        name !== 'first image' || valuesOf(check).some((value) => isReplaced(value, recorded, outcomes)),
    };
  }
}

function earnedBy(
  recorded: RecordedPart,
  answer: Answer,
  name: TrivialAnswer,
  counts: (check: Check) => boolean,
): Earned {
  const checks = new Map(recorded.checks.map(({ check }) => [check.id, check]));
  const earned = recorded
    .judge(answer)
    .filter(({ id, earned: points }) => points > 0 && counts(checks.get(id)!))
    // A copy that is off by a constant factor is half right, whoever made it.
    .filter(({ outcome }) => name !== 'copies' || outcome === 'passed');
  return new Map(earned.map(({ id, earned: points }) => [id, points]));
}

/** Whether the tolerance of a check takes in an answer that is not the right one. */
function isTakenIn(check: Check, recorded: RecordedPart, answer: Answer): boolean {
  if (check.kind !== 'tensor-close' && check.kind !== 'gradient-close') return false;
  const verdict = judge(check, recorded.evidence(answer));
  return verdict.outcome === 'passed' && verdict.measure !== undefined && verdict.measure.used > 0;
}

/** Gathers what trivial answers do to each check, so that a check is refused once. */
class TrivialReport {
  readonly #recorded: RecordedPart;
  readonly #earned = new Map<string, { points: number; names: Set<string> }>();
  readonly #takenIn = new Map<string, Set<string>>();

  constructor(recorded: RecordedPart) {
    this.#recorded = recorded;
  }

  addEarned(name: TrivialAnswer, earned: Earned): void {
    for (const [id, points] of earned) {
      const known = this.#earned.get(id) ?? { points: 0, names: new Set() };
      known.names.add(WORDS[name]);
      this.#earned.set(id, { ...known, points: Math.max(known.points, points) });
    }
  }

  addTakenIn(name: TrivialAnswer, { id }: Check): void {
    this.#takenIn.set(id, (this.#takenIn.get(id) ?? new Set()).add(WORDS[name]));
  }

  refusals(): Refusal[] {
    const file = fileOf(this.#recorded.part, 'rubric.ts');
    return this.#recorded.checks.flatMap(({ check, mayBeTrivial }): Refusal[] => {
      if (mayBeTrivial !== undefined) return [];
      const at = { file, place: placeOf(check), cases: casesOf(check) };
      const found: Refusal[] = [];
      const earned = this.#earned.get(check.id);
      if (earned) {
        const problem = `${earned.points} of its ${check.points} points are earned by ${listed(earned.names)}`;
        const remedy = 'let it require a check that fails then, or say in mayBeTrivial why it may be so';
        found.push({ ...at, problem, remedy });
      }
      const takenIn = this.#takenIn.get(check.id);
      if (takenIn && 'atol' in check) {
        const problem = `its tolerance (atol ${check.atol}, rtol ${check.rtol}) takes in ${listed(takenIn)}`;
        const remedy =
          'narrow it, choose inputs that tell answers apart, or say in mayBeTrivial why it may be so';
        found.push({ ...at, problem, remedy });
      }
      return found;
    });
  }
}

function listed(names: ReadonlySet<string>): string {
  return [...names].join(', or ');
}

/** Makes the derived calls of the cases that a check comes to judge, so that none are made in vain. */
async function deriveWhatIsJudged(
  reference: ReferenceRun,
  recorded: RecordedPart,
  outcomes: Map<string, CaseOutcomes>,
  answer: TrivialAnswer,
): Promise<void> {
  const open = new Set<string>();
  for (const [id, { definition }] of recorded.cases) if (definition.derived.length > 0) open.add(id);
  while (open.size > 0) {
    const judged = new Map(
      recorded.judge({ outcomes, document: recorded.ownAnswer.document }).map((one) => [one.id, one.outcome]),
    );
    const needed = recorded.checks
      .filter(({ check }) => judged.get(check.id) === 'failed' || check.plausible)
      .flatMap(({ check }) => valuesOf(check).map((value) => value.case))
      .filter((id) => open.has(id));
    if (needed.length === 0) return;
    for (const id of new Set(needed)) {
      open.delete(id);
      const { definition, calls } = recorded.cases.get(id)!;
      const returned = outcomes.get(id)!;
      const same =
        answer === 'first image' && definition.calls.every((call) => isSame(call.id, calls, returned));
      outcomes.set(id, same ? calls : await reference.derive(definition, definition.inputs, returned));
    }
  }
}

function isSame(call: string, before: CaseOutcomes, after: CaseOutcomes): boolean {
  const [old, now] = [before.get(call), after.get(call)];
  return old?.kind === 'returned' && now?.kind === 'returned' && isUnchanged(old, now);
}

/** Whether a value, or what it is derived from, is another than the reference's. */
function isReplaced(
  { case: id, value }: ValueOf,
  recorded: RecordedPart,
  outcomes: ReadonlyMap<string, CaseOutcomes>,
): boolean {
  return !isSame(value.call, recorded.cases.get(id)!.calls, outcomes.get(id)!);
}

/** A document with no answer marked, or with all of them. */
function documentAnswer(recorded: RecordedPart, answer: 'zeros' | 'ones'): Answer {
  const { document } = recorded.ownAnswer;
  const mark = answer === 'ones' ? '[x]' : '[ ]';
  return { outcomes: new Map(), document: (path) => document(path).replaceAll(/\[[ xX]\]/g, mark) };
}
