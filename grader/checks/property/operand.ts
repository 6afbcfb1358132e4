import { z } from 'zod';
import { selector } from '../../format/selector.ts';
import type { Evidence } from '../evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from '../resolve-value.ts';
import type { Verdict } from '../verdict.ts';
import type { Subject } from './subject.ts';

/** What the student reads for these values. */
const name = z.string().optional();

/** Values that a property compares with, all of the check's own case. */
export const operand = z.union([
  z.strictObject({ result: selector, name }).describe('what another call returned, derived calls included'),
  z.strictObject({ expected: selector, name }).describe('what the reference returned'),
  z.strictObject({ input: z.string(), name }).describe('an input tensor of the case'),
]);
export type Operand = z.output<typeof operand>;

/** What the student reads for the values of an operand. */
export function operandName(of: Operand): string {
  if (of.name !== undefined) return of.name;
  if ('result' in of) return 'the other result';
  return 'expected' in of ? 'the expected one' : `the ${of.input}`;
}

export type ResolvedSubject =
  { readonly ok: true; readonly subject: Subject } | { readonly ok: false; readonly verdict: Verdict };

/** The values that a selector points at in what the submission returned, under the name that the student reads. */
export function resolveSubject(evidence: Evidence, at: ValueOf, name: string): ResolvedSubject {
  const received = receivedValue(evidence, at, { wanted: 'a tensor or numbers', called: name });
  return received.ok ? { ok: true, subject: { name, tensor: received.tensor } } : received;
}

/** The values of an operand. @throws Error when the fixtures lack what it names */
export function resolveOperand(evidence: Evidence, caseId: string, of: Operand): ResolvedSubject {
  if ('result' in of) {
    return resolveSubject(evidence, { case: caseId, value: of.result }, operandName(of));
  }
  if ('expected' in of) {
    const { tensor } = expectedValue(evidence, { case: caseId, value: of.expected });
    return { ok: true, subject: { name: operandName(of), tensor } };
  }
  const tensor = evidence.inputs(caseId)[of.input];
  if (!tensor) throw new Error(`the case ${caseId} has no input ${of.input}`);
  return { ok: true, subject: { name: operandName(of), tensor } };
}
