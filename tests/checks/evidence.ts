import type { Evidence, ExpectedCall } from '../../grader/checks/evidence.ts';
import { judge, check as checkSchema, type CheckDefinition } from '../../grader/checks/index.ts';
import type { Verdict } from '../../grader/checks/verdict.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import type { ValueTree } from '../../grader/format/value-tree.ts';

/** A returned value in short: a tensor, a number, a list of numbers or any tree. */
export type Returned = TensorData | number | readonly number[] | { readonly tree: ValueTree };

function outcomeOf(returned: Returned): CallOutcome {
  if (typeof returned === 'number')
    return { kind: 'returned', value: { number: asNumber(returned) }, tensors: {}, seconds: 0 };
  if ('tree' in returned) return { kind: 'returned', value: returned.tree, tensors: {}, seconds: 0 };
  if ('dtype' in returned)
    return { kind: 'returned', value: { tensor: 't' }, tensors: { t: returned }, gradient: 't', seconds: 0 };
  const list = returned.map((value) => ({ number: asNumber(value) }));
  return { kind: 'returned', value: { list }, tensors: {}, seconds: 0 };
}

const asNumber = (value: number): number | 'NaN' => (Number.isNaN(value) ? 'NaN' : value);

interface Given {
  /** What the submission returned, by call. */
  readonly returned: Readonly<Record<string, Returned | CallOutcome>>;
  readonly inputs?: Readonly<Record<string, TensorData>>;
  /** What the reference returned, by call. */
  readonly expected?: Readonly<Record<string, TensorData | number | ExpectedCall>>;
  /** Into the submission; default: none. */
  readonly calls?: readonly Call[];
}

const isOutcome = (value: Returned | CallOutcome): value is CallOutcome =>
  typeof value === 'object' && 'kind' in value;

function expectedCall(of: TensorData | number | ExpectedCall): ExpectedCall {
  if (typeof of === 'object' && 'value' in of) return of;
  if (typeof of === 'number') return { value: { number: of }, tensors: {} };
  return { value: { tensor: 't' }, tensors: { t: of }, gradient: 't' };
}

function evidenceOf({ returned, inputs = {}, expected = {}, calls = [] }: Given): Evidence {
  const outcomes = new Map(
    Object.entries(returned).map(([id, value]) => [id, isOutcome(value) ? value : outcomeOf(value)]),
  );
  return {
    outcomes: () => outcomes,
    inputs: () => inputs,
    expected: () => new Map(Object.entries(expected).map(([id, of]) => [id, expectedCall(of)])),
    calls: () => calls,
    expectedPicture: () => new Uint8Array(),
    sources: [],
    document: () => ({ submitted: undefined, handedOut: '', expected: undefined }),
    submitted: () => undefined,
  };
}

/** Judges by any check, through the schema and the list of kinds. */
export function judgeBy(definition: CheckDefinition, given: Given): Verdict {
  return judge(checkSchema.parse(definition), evidenceOf(given));
}

type PropertyDefinition = Extract<CheckDefinition, { kind: 'property' }>;

/** Judges what the call `result` returned, through the schema and the list of kinds. */
export function judgeProperties(
  given: Given,
  holds: PropertyDefinition['holds'],
  more: Partial<PropertyDefinition> = {},
): Verdict {
  const definition: PropertyDefinition = {
    kind: 'property',
    id: 'property',
    title: 'It is as it should be',
    points: 1,
    case: 'one',
    value: { call: 'result' },
    name: 'the map',
    holds,
    ...more,
  };
  return judgeBy(definition, given);
}
