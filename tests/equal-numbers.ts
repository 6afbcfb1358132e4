import { expect } from 'vitest';

type Numbers = { readonly [index: number]: unknown; readonly length: number };

const isNumbers = (value: unknown): value is Numbers =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/**
 * Arrays of numbers that are the same, one by one. Vitest goes through them by their indices as strings, which takes seconds
 * for a picture; what differs is left to it, and to its message.
 */
function sameNumbers(a: unknown, b: unknown): true | undefined {
  if (!isNumbers(a) || !isNumbers(b) || a.length !== b.length) return undefined;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return undefined;
  for (let i = 0; i < a.length; i++) if (typeof a[i] !== 'number' || !Object.is(a[i], b[i])) return undefined;
  return true;
}

expect.addEqualityTesters([sameNumbers]);
