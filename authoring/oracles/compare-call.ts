import type { ExpectedCall } from '../../grader/checks/evidence.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { scalarOrTensor, type ValueTree } from '../../grader/format/value-tree.ts';
import type { MadeCall, TorchResults } from './run-torch.ts';

/** Errors are relative to the largest magnitude of the tensor. */
export const TOLERANCE = 1e-5;
/** Where rounding alone carries a result further, it may be so many times as far. */
const SPREAD_FACTOR = 4;
/** Where it carries a result so far, nothing can be told from the comparison. */
export const MAX_SPREAD = 0.01;

/**
 * - `agrees`: within {@link TOLERANCE}.
 * - `rounding`: not, but as near as rounding lets it be, be it by ReLUs that flip or by divisions of small numbers.
 * - `untold`: rounding carries the result anywhere.
 * - `differs`: none of these.
 */
export type Agreement = 'agrees' | 'rounding' | 'untold' | 'differs';

/** A call of the fixtures beside what PyTorch makes of it. */
export interface ComparedCall {
  /** Part, case and call. */
  readonly id: string;
  /** The function. */
  readonly name: string;
  /** Numbers that were compared. */
  readonly values: number;
  /** The largest difference, over the largest magnitude of its tensor. */
  readonly error: number;
  /** How many numbers are further apart than {@link TOLERANCE} of that magnitude. */
  readonly apart: number;
  /** The largest error between PyTorch's own results before and after rounding. */
  readonly spread: number;
  readonly gates: number;
  readonly flips: number;
  readonly agreement: Agreement;
}

/** A tensor that is compared: where it stands, and its value in the fixtures and in each run of PyTorch. */
interface Pair {
  readonly expected: TensorData;
  readonly made: readonly (TensorData | undefined)[];
}

/** All tensors and scalars that the fixtures hold of a value. */
function* pairsIn(
  expected: ValueTree,
  made: readonly (ValueTree | undefined)[],
  tensors: { readonly expected: ExpectedCall['tensors']; readonly made: TorchResults['tensors'] },
): Generator<Pair> {
  const scalar = scalarOrTensor(expected, tensors.expected);
  if (scalar) {
    yield { expected: scalar, made: made.map((one) => one && scalarOrTensor(one, tensors.made)) };
  } else if ('list' in expected) {
    const lists = made.map((one) => (one && 'list' in one ? one.list : []));
    for (const [i, item] of expected.list.entries())
      yield* pairsIn(
        item,
        lists.map((list) => list[i]),
        tensors,
      );
  } else if ('record' in expected) {
    const records = made.map((one) => (one && 'record' in one ? one.record : {}));
    for (const [key, item] of Object.entries(expected.record)) {
      yield* pairsIn(
        item,
        records.map((record) => record[key]),
        tensors,
      );
    }
  }
}

function magnitudeOf({ data }: TensorData): number {
  let magnitude = 0;
  for (const value of data) magnitude = Math.max(magnitude, Math.abs(value));
  return magnitude;
}

/** Numbers further apart than {@link TOLERANCE} of the largest magnitude; all, where nothing can be compared. */
function countApart(a: TensorData, b: TensorData | undefined): number {
  if (b === undefined || a.shape.join() !== b.shape.join()) return a.data.length;
  const magnitude = magnitudeOf(a);
  let count = 0;
  for (let i = 0; i < a.data.length; i++) {
    if (!(Math.abs(a.data[i] - b.data[i]) <= TOLERANCE * magnitude)) count++;
  }
  return count;
}

/** The largest difference over the largest magnitude of the first; infinite where the shapes differ or one is missing. */
export function relativeError(a: TensorData, b: TensorData | undefined): number {
  if (b === undefined || a.shape.join() !== b.shape.join()) return Infinity;
  let difference = 0;
  for (let i = 0; i < a.data.length; i++) {
    const apart = Math.abs(a.data[i] - b.data[i]);
    if (Number.isNaN(apart)) return Infinity;
    difference = Math.max(difference, apart);
  }
  return difference === 0 ? 0 : difference / magnitudeOf(a);
}

function agreementOf({ error, spread }: { error: number; spread: number }): Agreement {
  if (error <= TOLERANCE) return 'agrees';
  if (error === Infinity) return 'differs';
  if (spread > MAX_SPREAD) return 'untold';
  return error <= SPREAD_FACTOR * spread ? 'rounding' : 'differs';
}

/** Whether anything of a result is known that can be compared. */
export function isComparable({ value, tensors, gradient }: ExpectedCall): boolean {
  return gradient !== undefined || !pairsIn(value, [], { expected: tensors, made: {} }).next().done;
}

/** Compares one call, of which something is known. */
export function compareCall(options: {
  readonly id: string;
  readonly name: string;
  readonly expected: ExpectedCall;
  readonly made: MadeCall;
  readonly tensors: TorchResults['tensors'];
}): ComparedCall {
  const { id, name, expected, made, tensors } = options;
  const both = { expected: expected.tensors, made: tensors };
  const pairs = [
    ...pairsIn(
      expected.value,
      made.runs.map(({ value }) => value),
      both,
    ),
  ];
  if (expected.gradient !== undefined) {
    const gradients = made.runs.map(({ gradient }) =>
      gradient === undefined ? undefined : tensors[gradient],
    );
    pairs.push({ expected: expected.tensors[expected.gradient], made: gradients });
  }
  const largest = (errors: readonly number[]): number => Math.max(0, ...errors);
  const error = largest(pairs.map(({ expected: wanted, made: [first] }) => relativeError(wanted, first)));
  // Of the whole call: what flips in one number of a list may flip one number earlier elsewhere.
  const spread = largest(
    pairs.flatMap(({ made: [first, ...moved] }) =>
      first ? moved.map((one) => relativeError(first, one)) : [],
    ),
  );
  return {
    id,
    name,
    values: pairs.reduce((sum, pair) => sum + pair.expected.data.length, 0),
    error,
    apart: pairs.reduce((sum, { expected: wanted, made: [first] }) => sum + countApart(wanted, first), 0),
    spread,
    gates: made.gates,
    flips: made.flips,
    agreement: agreementOf({ error, spread }),
  };
}
