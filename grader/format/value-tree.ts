import { z } from 'zod';
import { printable } from './printable.ts';
import type { TensorData } from './tensor-data.ts';

/** A value as it comes out of a call, with its tensors by name. */
export type ValueTree =
  | { readonly tensor: string }
  | { readonly number: number | 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly text: string }
  | { readonly boolean: boolean }
  | { readonly none: 'null' | 'undefined' }
  | { readonly list: readonly ValueTree[] }
  | { readonly record: Readonly<Record<string, ValueTree>> }
  | { readonly other: string };

export const valueTree: z.ZodType<ValueTree> = z.lazy(() =>
  z.union([
    z.strictObject({ tensor: z.string() }),
    z.strictObject({ number: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]) }),
    z.strictObject({ text: z.string() }),
    z.strictObject({ boolean: z.boolean() }),
    z.strictObject({ none: z.enum(['null', 'undefined']) }),
    z.strictObject({ list: z.array(valueTree) }),
    z.strictObject({ record: z.record(z.string(), valueTree) }),
    z.strictObject({ other: z.string() }),
  ]),
);

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

/** Names of the tensors in a value, in their order; one that stands there twice comes twice. */
export function tensorNamesIn(value: ValueTree): string[] {
  if ('tensor' in value) return [value.tensor];
  const inside = 'list' in value ? value.list : 'record' in value ? Object.values(value.record) : [];
  return inside.flatMap(tensorNamesIn);
}

/**
 * What a value is, in words of our own: `a tensor`, `a number`. Nothing in it comes from the submission, which could
 * make the names of an object's fields tell the inputs of a private case.
 */
export function kindOfValue(value: ValueTree | undefined): string {
  if (!value) return 'nothing there';
  if ('tensor' in value) return 'a tensor';
  if ('number' in value) return 'a number';
  if ('text' in value) return 'a string';
  if ('boolean' in value) return 'a boolean';
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
  // What JavaScript makes of tensor + tensor.
  if ('text' in value && value.text.includes('Tensor\n')) {
    return 'a string: operators do not work on tensors, write a.add(b) for a + b';
  }
  if ('none' in value)
    return value.none === 'undefined' ? 'nothing (undefined; is a return missing?)' : 'null';
  if ('list' in value) return `a list of ${value.list.length}`;
  if ('record' in value) {
    return `an object with ${printable(Object.keys(value.record).join(', ')) || 'no fields'}`;
  }
  return 'other' in value ? printable(value.other) : kindOfValue(value);
}

/** A number as a scalar, a truth value as a scalar of `bool`, a tensor as it is; undefined for all else. */
export function scalarOrTensor(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
): TensorData | undefined {
  if ('tensor' in value) return tensors[value.tensor];
  if ('number' in value) {
    return { dtype: 'float32', shape: [], data: Float32Array.of(Number(value.number)) };
  }
  if ('boolean' in value) return { dtype: 'bool', shape: [], data: Uint8Array.of(value.boolean ? 1 : 0) };
  return undefined;
}
