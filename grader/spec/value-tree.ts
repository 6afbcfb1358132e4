import { z } from 'zod';

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
