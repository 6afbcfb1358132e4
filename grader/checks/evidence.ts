import type { TensorData } from '../data/tensor-data.ts';
import { printable } from '../data/printable.ts';
import type { CallOutcome, CaseOutcomes, FailureReason } from '../pipeline/outcome.ts';
import type { ValueTree } from '../spec/value-tree.ts';
import type { Selector } from '../spec/check.ts';
import type { Verdict } from './verdict.ts';

/** What the reference returned for one call, from the fixtures. */
export interface ExpectedCall {
  readonly value: ValueTree;
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly gradient?: string | undefined;
}

/** A student's file, with the template's version of it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly templateText: string;
}

/** A document of the part, such as a page of questions, in its three versions. */
export interface DocumentEvidence {
  /** As it came with the submission. */
  readonly submitted: Uint8Array | undefined;
  /** As the template has it. */
  readonly handedOut: string;
  /** As the reference has it, answers and all; only where the private half is to be had. */
  readonly expected: string | undefined;
}

/** All that a check may look at. */
export interface Evidence {
  /** Outcomes of a case's calls, by case id. */
  readonly outcomes: (caseId: string) => CaseOutcomes;
  /** The input tensors of a case, by name. */
  readonly inputs: (caseId: string) => Readonly<Record<string, TensorData>>;
  /** What the reference returned, by case id, then call id. */
  readonly expected: (caseId: string) => ReadonlyMap<string, ExpectedCall>;
  /** An expected picture of the fixtures, as PNG bytes. */
  readonly expectedPicture: (caseId: string, name: string) => Uint8Array;
  /** The part's solution files as staged. */
  readonly sources: readonly SourceFile[];
  /** A document of the part, by its path in the template. */
  readonly document: (path: string) => DocumentEvidence;
  /** A file that came with the submission, such as a saved picture. */
  readonly submitted: (path: string) => Uint8Array | undefined;
  /** All modules of the template, by path. */
  readonly modules: ReadonlySet<string>;
}

/** The outcome that stands for a call nobody made. */
const NOT_REACHED: CallOutcome = {
  kind: 'failed',
  reason: 'not-reached',
  summary: 'an earlier call of the same case did not succeed, so this one could not be made',
  details: [],
};

export function outcomeOf(evidence: Evidence, caseId: string, callId: string): CallOutcome {
  return evidence.outcomes(caseId).get(callId) ?? NOT_REACHED;
}

/** Failures that say what to mend; what a check hints at comes after that. */
const SPEAKS_FOR_ITSELF: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'does-not-compile',
  'missing-function',
  'not-reached',
  'time-out',
  'violation',
]);

/** The verdict on a call that returned nothing to look at. */
export function verdictOnFailure(outcome: Exclude<CallOutcome, { kind: 'returned' }>): Verdict {
  if (outcome.kind === 'errored') return { outcome: 'errored', message: outcome.message };
  if (outcome.reason === 'not-implemented') return { outcome: 'not-attempted' };
  const { summary, details, reason } = outcome;
  return {
    outcome: 'failed',
    summary,
    details: [summary, ...details],
    ...(SPEAKS_FOR_ITSELF.has(reason) ? { withoutHint: true } : {}),
  };
}

/** Follows a path into a value; undefined where it leads nowhere. */
export function valueAt(value: ValueTree, path: readonly (string | number)[]): ValueTree | undefined {
  let at: ValueTree | undefined = value;
  for (const key of path) {
    if (at && 'list' in at && typeof key === 'number') at = at.list[key];
    else if (at && 'record' in at && Object.hasOwn(at.record, key)) at = at.record[key];
    else return undefined;
  }
  return at;
}

/**
 * What a value is, in words of our own: `a tensor`, `a number`. Nothing in it comes from the submission, which could
 * make the names of an object's fields tell the inputs of a private case.
 */
export function kindOfValue(value: ValueTree | undefined): string {
  if (!value) return 'nothing there';
  if ('tensor' in value) return 'a tensor';
  if ('number' in value) return 'a number';
  if ('text' in value) return 'a text';
  if ('boolean' in value) return 'a truth value';
  if ('none' in value) return 'nothing';
  if ('list' in value) return 'a list';
  if ('record' in value) return 'an object';
  return 'something else';
}

/** In the student's words and with what they chose, on one line: `the number 7`, `an object with loss, image`. */
export function describeValue(value: ValueTree | undefined): string {
  if (!value) return kindOfValue(value);
  if ('number' in value) return `the number ${value.number}`;
  if ('boolean' in value) return `${value.boolean}`;
  if ('none' in value)
    return value.none === 'undefined' ? 'nothing (undefined; is a return missing?)' : 'null';
  if ('list' in value) return `a list of ${value.list.length}`;
  if ('record' in value) {
    return `an object with ${printable(Object.keys(value.record).join(', ')) || 'no fields'}`;
  }
  return 'other' in value ? printable(value.other) : kindOfValue(value);
}

export type Selected =
  { readonly ok: true; readonly tensor: TensorData } | { readonly ok: false; readonly verdict: Verdict };

/** The tensor (or number, as a scalar) that a selector points at in what the submission returned. */
export function selectActual(
  evidence: Evidence,
  caseId: string,
  selector: Selector,
  expectNumber: boolean,
): Selected {
  const outcome = outcomeOf(evidence, caseId, selector.call);
  if (outcome.kind !== 'returned') return { ok: false, verdict: verdictOnFailure(outcome) };
  if (selector.gradient) {
    const tensor = outcome.gradient === undefined ? undefined : outcome.tensors[outcome.gradient];
    if (tensor) return { ok: true, tensor };
  } else {
    const value = valueAt(outcome.value, selector.path ?? []);
    const tensor = value && asTensor(value, outcome.tensors, expectNumber);
    if (tensor) return { ok: true, tensor };
    const wanted = expectNumber ? 'a number' : 'a tensor';
    const place = selector.path?.length ? ` at ${selector.path.join('.')}` : '';
    const expected = `expected ${wanted}${place}, received`;
    const summary = `${expected} ${kindOfValue(value)}`;
    const details = [`${expected} ${describeValue(value)}`];
    return { ok: false, verdict: { outcome: 'failed', summary, details } };
  }
  return { ok: false, verdict: { outcome: 'failed', summary: 'no gradient came back', details: [] } };
}

function asTensor(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
  expectNumber: boolean,
): TensorData | undefined {
  if ('tensor' in value) return expectNumber ? undefined : tensors[value.tensor];
  if ('number' in value && expectNumber) {
    return { dtype: 'float32', shape: [], data: Float32Array.of(Number(value.number)) };
  }
  return undefined;
}

/** The reference's tensor (or number) that a selector points at. @throws Error when the fixtures lack it */
export function selectExpected(
  evidence: Evidence,
  caseId: string,
  selector: Selector,
): { tensor: TensorData; isNumber: boolean } {
  const expected = evidence.expected(caseId).get(selector.call);
  if (expected) {
    if (selector.gradient && expected.gradient !== undefined) {
      return { tensor: expected.tensors[expected.gradient], isNumber: false };
    }
    const value = valueAt(expected.value, selector.path ?? []);
    if (!selector.gradient && value && 'tensor' in value) {
      return { tensor: expected.tensors[value.tensor], isNumber: false };
    }
    if (!selector.gradient && value && 'number' in value) {
      return {
        tensor: { dtype: 'float32', shape: [], data: Float32Array.of(Number(value.number)) },
        isNumber: true,
      };
    }
  }
  throw new Error(`the fixtures hold no expected value for ${caseId}/${selector.call}`);
}
