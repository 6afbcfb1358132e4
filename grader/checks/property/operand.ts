import { z } from 'zod';
import { sizeOf, type TensorData } from '../../data/tensor-data.ts';
import { selector } from '../../spec/check.ts';
import type { ValueTree } from '../../spec/value-tree.ts';
import {
  describeValue,
  kindOfValue,
  outcomeOf,
  selectExpected,
  valueAt,
  verdictOnFailure,
} from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import type { Verdict } from '../verdict.ts';
import type { Subject } from './finding.ts';

/** What the student reads for these values. */
const name = z.string().optional();

/** Values that a property compares with, all of the check's own case. */
export const operand = z.union([
  z.strictObject({ result: selector, name }).describe('what another call returned, derived calls included'),
  z.strictObject({ expected: selector, name }).describe('what the reference returned'),
  z.strictObject({ input: z.string(), name }).describe('an input tensor of the case'),
]);
export type Operand = z.output<typeof operand>;

export type Resolved =
  { readonly ok: true; readonly subject: Subject } | { readonly ok: false; readonly verdict: Verdict };

const failed = (summary: string, detail = summary): Resolved => ({
  ok: false,
  verdict: { outcome: 'failed', summary, details: [detail] },
});

/** More values than one answer can hold: a list that has them names the same tensor again and again. */
const MAX_VALUES = 2 ** 24;

/** A tensor as it is; a number or truth value as a scalar; a list of such as one more axis. */
function toTensor(value: ValueTree, tensors: Readonly<Record<string, TensorData>>): TensorData | undefined {
  const shape = shapeOf(value, tensors);
  if (!shape || sizeOf(shape) > MAX_VALUES) return undefined;
  if (!('list' in value)) return leafOf(value, tensors);
  const data = new Float32Array(sizeOf(shape));
  let filled = 0;
  const fill = (item: ValueTree): void => {
    if ('list' in item) return item.list.forEach(fill);
    const leaf = leafOf(item, tensors)!.data;
    data.set(leaf, filled);
    filled += leaf.length;
  };
  fill(value);
  return { dtype: 'float32', shape, data };
}

/** The shape of {@link toTensor}'s result, before a single value is copied; undefined where there is none. */
function shapeOf(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
): readonly number[] | undefined {
  if (!('list' in value)) return leafOf(value, tensors)?.shape;
  const shapes = value.list.map((item) => shapeOf(item, tensors));
  const [first] = shapes;
  if (!first || shapes.some((shape) => shape?.join() !== first.join())) return undefined;
  return [shapes.length, ...first];
}

function leafOf(value: ValueTree, tensors: Readonly<Record<string, TensorData>>): TensorData | undefined {
  if ('tensor' in value) return tensors[value.tensor];
  if ('number' in value) {
    return { dtype: 'float32', shape: [], data: Float32Array.of(Number(value.number)) };
  }
  if ('boolean' in value) return { dtype: 'bool', shape: [], data: Uint8Array.of(value.boolean ? 1 : 0) };
  return undefined;
}

/** The values that a selector points at in what the submission returned. */
export function resolveResult(
  evidence: Evidence,
  caseId: string,
  at: z.output<typeof selector>,
  called = 'the result',
): Resolved {
  const outcome = outcomeOf(evidence, caseId, at.call);
  if (outcome.kind !== 'returned') return { ok: false, verdict: verdictOnFailure(outcome) };
  if (at.gradient) {
    const gradient = outcome.gradient === undefined ? undefined : outcome.tensors[outcome.gradient];
    return gradient
      ? { ok: true, subject: { name: called, tensor: gradient } }
      : failed('no gradient came back');
  }
  const value = valueAt(outcome.value, at.path ?? []);
  const tensor = value && toTensor(value, outcome.tensors);
  if (tensor) return { ok: true, subject: { name: called, tensor } };
  const place = at.path?.length ? ` at ${at.path.join('.')}` : '';
  const wanted = `${called} should be a tensor or numbers; received${place}`;
  return failed(`${wanted} ${kindOfValue(value)}`, `${wanted} ${describeValue(value)}`);
}

/** The values of an operand. @throws Error when the fixtures lack what it names */
export function resolveOperand(evidence: Evidence, caseId: string, of: Operand): Resolved {
  if ('result' in of) return resolveResult(evidence, caseId, of.result, of.name ?? 'the other result');
  if ('expected' in of) {
    const { tensor } = selectExpected(evidence, caseId, of.expected);
    return { ok: true, subject: { name: of.name ?? 'the expected one', tensor } };
  }
  const tensor = evidence.inputs(caseId)[of.input];
  if (!tensor) throw new Error(`the case ${caseId} has no input ${of.input}`);
  return { ok: true, subject: { name: of.name ?? `the ${of.input}`, tensor } };
}
