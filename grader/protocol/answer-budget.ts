import { MAX_HEADER_BYTES } from '../format/safetensors.ts';
import { KiB, MiB } from '../format/units.ts';

/**
 * What one answer may hold. It follows from what is expected of the answer and from nothing else, so that no verdict
 * depends on the machine's memory.
 */
export interface AnswerBudget {
  /** Of all its tensors together. */
  readonly bytes: number;
  readonly tensors: number;
  /** What the reference returned there; absent where that is not known. */
  readonly expected?: { readonly bytes: number; readonly tensors: number };
}

/** For code of our own. */
export const LARGEST_BUDGET: AnswerBudget = { bytes: 63 * MiB, tensors: 5000 };

/** For an answer that carries no value, such as that a bundle is loaded. */
export const NO_TENSORS: AnswerBudget = { bytes: 0, tensors: 0, expected: { bytes: 0, tensors: 0 } };

/** Room in the header of the tensors for each one: its name, element type, shape and place. */
const ENTRY_BYTES = 512;

/** Bytes of the tensors' header, which is parsed whole. */
export function headerBytesOf({ tensors }: AnswerBudget): number {
  return 4 * KiB + ENTRY_BYTES * tensors;
}

/** Bytes of the tensors as they travel: a length, a header, the data. */
export function tensorBytesOf(budget: AnswerBudget): number {
  return 8 + headerBytesOf(budget) + budget.bytes;
}

/** So many of them are received, so that tensors too many can be counted. */
export function receivedBytesOf({ bytes }: AnswerBudget): number {
  return 8 + MAX_HEADER_BYTES + bytes;
}

/** An answer is larger than anything that could be right; the message says what it is and what was expected. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

export function tooManyBytes(bytes: number, { bytes: most, expected }: AnswerBudget): OverBudget {
  const wanted = expected
    ? `where ${sizeInWords(expected.bytes)} ${expected.bytes === 0 ? 'was' : 'were'} expected`
    : `; at most ${sizeInWords(most)} are looked at`;
  return new OverBudget(joined(`returned ${sizeInWords(bytes)}`, wanted));
}

export function tooManyTensors(count: number, { tensors: most, expected }: AnswerBudget): OverBudget {
  const wanted = expected
    ? `where ${countInWords(expected.tensors)} expected`
    : `; at most ${most.toLocaleString('en')} are looked at`;
  return new OverBudget(joined(`returned ${count.toLocaleString('en')} tensors`, wanted));
}

const joined = (what: string, wanted: string): string =>
  wanted.startsWith(';') ? `${what}${wanted}` : `${what} ${wanted}`;

function countInWords(count: number): string {
  if (count === 0) return 'none was';
  return count === 1 ? 'one was' : `${count.toLocaleString('en')} were`;
}

function sizeInWords(bytes: number): string {
  if (bytes === 0) return 'nothing';
  if (bytes < KiB) return `${bytes} bytes`;
  const [size, unit] = bytes < MiB ? [bytes / KiB, 'KiB'] : [bytes / MiB, 'MiB'];
  return `${Number(size.toPrecision(size < 100 ? 2 : 3)).toLocaleString('en')} ${unit}`;
}
