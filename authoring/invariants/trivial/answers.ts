import { differInOptionsOnly } from '../../../grader/format/call-plan.ts';
import type { TensorData } from '../../../grader/format/tensor-data.ts';
import type { RecordedCase, Returned } from '../../fixtures/record.ts';
import { broadcastTo, filledWith, leavesOf, sameTensor, withLeaves } from './leaves.ts';

/** What a submission can return that has understood nothing. */
export const TRIVIAL_ANSWERS = ['zeros', 'ones', 'inputs', 'copies', 'first image'] as const;
export type TrivialAnswer = (typeof TRIVIAL_ANSWERS)[number];

/** A case, and the tensors and numbers that each of its calls is given. */
export interface CaseWithArguments {
  readonly recorded: RecordedCase;
  readonly argumentsOf: ReadonlyMap<string, readonly TensorData[]>;
}

/** One way to answer all calls of a case; `zeros` and `ones` have one, the others one for each tensor to choose. */
export interface Variant {
  readonly answer: TrivialAnswer;
  readonly number: number;
}

/**
 * The variants of an answer that a part has: as many as a value has tensors that would fit, each value taking the
 * next one round and round.
 */
export function variantsOf(answer: TrivialAnswer, cases: readonly CaseWithArguments[]): Variant[] {
  const choices = cases.flatMap((one) =>
    callsOf(one).flatMap(([id, outcome]) =>
      leavesOf(outcome).map((leaf) => candidates(answer, one, id, leaf).length),
    ),
  );
  return Array.from({ length: Math.max(0, ...choices) }, (_, number) => ({ answer, number }));
}

/** What all calls of a case return under a variant; zeros where nothing fits. */
export function answerCase(one: CaseWithArguments, { answer, number }: Variant): Map<string, Returned> {
  const answered = callsOf(one).map(([id, outcome]): [string, Returned] => [
    id,
    isOfThisPart(one, id)
      ? withLeaves(outcome, (leaf) => {
          const found = candidates(answer, one, id, leaf);
          return found.length > 0 ? found[number % found.length] : filledWith(0, leaf);
        })
      : outcome,
  ]);
  return new Map(answered);
}

/** The calls into the submission, derived ones left out. */
function callsOf({ recorded }: CaseWithArguments): [string, Returned][] {
  return recorded.definition.calls.map(({ id }) => [id, recorded.calls.get(id)!]);
}

/** Functions of other parts are asked, too, to be consistent with; what is trivial there earns nothing there. */
function isOfThisPart({ recorded }: CaseWithArguments, id: string): boolean {
  const { module } = recorded.definition.calls.find((call) => call.id === id)!;
  return recorded.part.files[module]?.role === 'solution';
}

function candidates(
  answer: TrivialAnswer,
  one: CaseWithArguments,
  call: string,
  leaf: TensorData,
): readonly TensorData[] {
  const given = one.argumentsOf.get(call) ?? [];
  switch (answer) {
    case 'zeros':
      return [filledWith(0, leaf)];
    case 'ones':
      return [filledWith(1, leaf)];
    case 'inputs':
      // A number stands for a number: an image of nothing but the number of a class is nobody's answer.
      return given
        .filter(({ data }) => data.length > 1 || leaf.data.length === 1)
        .flatMap((tensor) => broadcastTo(tensor, leaf) ?? []);
    case 'copies':
      return (
        callsOf(one)
          .filter(([id]) => !asksTheSame(one, id, call))
          .flatMap(([, outcome]) => leavesOf(outcome))
          .filter((other) => other.dtype === leaf.dtype && other.shape.join() === leaf.shape.join())
          // What equals the right result is no copy that could be told from it: an option left to its default.
          .filter((other) => !sameTensor(other, leaf))
      );
    case 'first image':
      return [isBatch(leaf, given) ? firstForAll(leaf) : leaf];
  }
}

/**
 * Whether two calls ask one function for the same, but for options: of one a gradient or the operations may be looked at,
 * too, and who ignores an option has made a mistake, not copied.
 */
function asksTheSame({ recorded }: CaseWithArguments, a: string, b: string): boolean {
  const [first, second] = [a, b].map((id) => recorded.definition.calls.find((call) => call.id === id)!);
  return differInOptionsOnly(first, second);
}

/** Whether the first axis of a result is that of a batch which the call was given. */
function isBatch({ shape }: TensorData, given: readonly TensorData[]): boolean {
  return shape.length > 0 && shape[0] > 1 && given.some((tensor) => tensor.shape[0] === shape[0]);
}

function firstForAll(batch: TensorData): TensorData {
  const size = batch.data.length / batch.shape[0];
  return { ...batch, data: batch.data.map((_, i) => batch.data[i % size]) };
}

/** Whether a variant leaves what a call returned as it is. */
export function isUnchanged(before: Returned, after: Returned): boolean {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return old.length === now.length && old.every((leaf, i) => sameTensor(leaf, now[i]));
}
