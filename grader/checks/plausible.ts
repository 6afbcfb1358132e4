import type { TensorData } from '../format/tensor-data.ts';
import { differInOptionsOnly } from '../format/call-plan.ts';
import { tensorNamesIn } from '../format/value-tree.ts';
import { allFinite } from '../numeric/index.ts';
import type { Evidence, ExpectedCall } from './evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from './resolve-value.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether a tensor could be an honest attempt: of the expected form, finite, not the same value everywhere, and none of
 * the inputs as it came.
 */
export function isPlausible(
  actual: TensorData,
  { expected, inputs }: { readonly expected: TensorData; readonly inputs: ReturnType<Evidence['inputs']> },
): boolean {
  return haveSameForm(actual, expected) && isOfItsOwn(actual, inputs);
}

/** Whether a tensor of any form is finite, not the same value everywhere, and none of the inputs as it came. */
export function isOfItsOwn(actual: TensorData, inputs: ReturnType<Evidence['inputs']>): boolean {
  if (!allFinite(actual.data)) return false;
  // One number alone is neither constant nor varied; that it is not 0 is all that can be asked.
  if (actual.data.length === 1) return actual.data[0] !== 0;
  if (actual.data.every((value) => value === actual.data[0])) return false;
  return !Object.values(inputs).some((input) => isSame(actual, input));
}

function haveSameForm(a: TensorData, b: TensorData): boolean {
  return a.dtype === b.dtype && a.shape.join() === b.shape.join();
}

function isSame(a: TensorData, b: TensorData): boolean {
  return haveSameForm(a, b) && a.data.every((value, i) => value === b.data[i]);
}

/**
 * The verdict that ends a check before it is judged, because a value that it builds on is missing or cannot be an
 * honest attempt; undefined where all are plausible.
 */
export function whyImplausible(values: readonly ValueOf[], evidence: Evidence): Verdict | undefined {
  for (const value of values) {
    const { tensor: expected, wanted } = expectedValue(evidence, value);
    const received = receivedValue(evidence, value, { wanted });
    if (!received.ok) {
      const { verdict } = received;
      return verdict.outcome === 'failed' ? WITHOUT_RESULT : verdict;
    }
    const inputs = evidence.inputs(value.case);
    if (!isPlausible(received.tensor, { expected, inputs })) return SKIPPED;
    if (isOfAnotherCall(received.tensor, expected, { evidence, value })) return SKIPPED;
  }
  return undefined;
}

/**
 * Whether a tensor is, to the last bit, what another call of the case should return and this one should not. A call
 * that differs in options only is none: whoever ignores an option has computed that.
 */
function isOfAnotherCall(
  actual: TensorData,
  expected: TensorData,
  { evidence, value: { case: id, value } }: { evidence: Evidence; value: ValueOf },
): boolean {
  const calls = evidence.calls(id);
  const own = calls.find((call) => call.id === value.call);
  const returned = evidence.expected(id);
  return calls
    .filter((call) => !own || !differInOptionsOnly(own, call))
    .flatMap((call) => returned.get(call.id) ?? [])
    .flatMap(tensorsOf)
    .some((other) => isSame(actual, other) && !isSame(expected, other));
}

/** All tensors of a case lie together; those of a call are the ones that its value and its gradient name. */
function tensorsOf({ value, tensors, gradient }: ExpectedCall): TensorData[] {
  return [...tensorNamesIn(value), ...(gradient === undefined ? [] : [gradient])].map(
    (name) => tensors[name],
  );
}

const WITHOUT_RESULT: Verdict = {
  outcome: 'skipped',
  message: 'Skipped: a call that this check builds on gave no result; the other checks of this part say why.',
};

const SKIPPED: Verdict = {
  outcome: 'skipped',
  message:
    'Skipped: the function has to return something of its own first that is finite, of the right shape and not the same everywhere.',
};
