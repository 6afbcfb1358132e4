import { z } from 'zod';
import type { TensorData } from '../../data/tensor-data.ts';
import { selector } from '../../spec/check.ts';
import type { ValueTree } from '../../spec/value-tree.ts';
import { describeValue, outcomeOf, selectExpected, valueAt, verdictOnFailure } from '../evidence.ts';
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

const failed = (summary: string): Resolved => ({
  ok: false,
  verdict: { outcome: 'failed', summary, details: [summary] },
});

/** A tensor as it is; a number or truth value as a scalar; a list of such as one more axis. */
function toTensor(value: ValueTree, tensors: Readonly<Record<string, TensorData>>): TensorData | undefined {
  if ('tensor' in value) return tensors[value.tensor];
  if ('number' in value) {
    return { dtype: 'float32', shape: [], data: Float32Array.of(Number(value.number)) };
  }
  if ('boolean' in value) return { dtype: 'bool', shape: [], data: Uint8Array.of(value.boolean ? 1 : 0) };
  if (!('list' in value) || value.list.length === 0) return undefined;
  const items: TensorData[] = [];
  for (const item of value.list) {
    const tensor = toTensor(item, tensors);
    if (!tensor || tensor.shape.join() !== (items[0] ?? tensor).shape.join()) return undefined;
    items.push(tensor);
  }
  const data = Float32Array.from(items.flatMap((item) => [...item.data]));
  return { dtype: 'float32', shape: [items.length, ...items[0].shape], data };
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
  return failed(`${called} should be a tensor or numbers; received${place} ${describeValue(value)}`);
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
