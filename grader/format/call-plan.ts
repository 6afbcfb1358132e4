import { z } from 'zod';

/**
 * A call plan: plain data that says which exports of a staged submission to call with which arguments and what
 * to send back. It carries no code and no expected value, so it may enter the process that runs untrusted
 * code.
 */

/** A module of the template by its path in it, such as `folder/module.ts`. */
const modulePath = z.string().regex(/^[\w-]+(?:\/[\w-]+)*\.ts$/, 'a relative path of a .ts module');

/** Where in a returned value something lies: keys of records and indices of lists, outermost first. */
export const valuePath = z.array(z.union([z.string(), z.number().int().nonnegative()]));
export type ValuePath = z.infer<typeof valuePath>;

/** One argument of a call. */
export type Argument =
  | { readonly tensor: string }
  | { readonly number: number }
  | { readonly json: unknown }
  | { readonly list: readonly Argument[] }
  | { readonly record: Readonly<Record<string, Argument>> }
  | { readonly weights: string }
  | {
      readonly given: {
        readonly module: string;
        readonly export: string;
        readonly args: readonly Argument[];
      };
    }
  | { readonly result: { readonly call: string; readonly path?: ValuePath | undefined } };

export const argument: z.ZodType<Argument> = z.lazy(() =>
  z.union([
    z.strictObject({ tensor: z.string() }).describe('a tensor of the case’s inputs, by name'),
    z.strictObject({ number: z.number() }),
    z.strictObject({ json: z.json() }).describe('any JSON value, passed as it is'),
    z.strictObject({ list: z.array(argument) }),
    z.strictObject({ record: z.record(z.string(), argument) }),
    z
      .strictObject({ weights: z.string() })
      .describe('all tensors of a .safetensors file of the template, as a record of tensors by name'),
    z
      .strictObject({
        given: z.strictObject({ module: modulePath, export: z.string(), args: z.array(argument) }),
      })
      .describe('what a given function returns, made in the process that makes the call'),
    z
      .strictObject({ result: z.strictObject({ call: z.string(), path: valuePath.optional() }) })
      .describe('a value that an earlier call returned, passed on by its bytes'),
  ]),
);

export const call = z.strictObject({
  /** Unique in its case. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  module: modulePath,
  export: z.string(),
  args: z.array(argument),
  /** Also return the gradient of the sum of the result with respect to the argument of this index. */
  gradient: z
    .strictObject({ argument: z.number().int().nonnegative(), path: valuePath.optional() })
    .optional(),
  /** Also count dispatched kernels, synchronous reads and tensors left behind. */
  observe: z.boolean().optional(),
  /** Seconds the call may take on one core. */
  timeLimit: z.number().positive().optional(),
});
export type Call = z.infer<typeof call>;

export const casePlan = z.strictObject({
  /** Unique in its part. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Calls into the submission, each in the process of its part. */
  calls: z.array(call).min(1),
  /** Calls of given code of the pristine template on what the submission returned, in a process of our own. */
  derived: z.array(call),
});
export type CasePlan = z.infer<typeof casePlan>;

/** An argument without plain data in it; undefined where nothing is left. */
function withoutOptions(argument: Argument): unknown {
  if ('json' in argument) return undefined;
  if ('list' in argument) return argument.list.map(withoutOptions).filter((item) => item !== undefined);
  if ('record' in argument) {
    const entries = Object.entries(argument.record).map(
      ([key, item]) => [key, withoutOptions(item)] as const,
    );
    return entries.filter(([, item]) => item !== undefined);
  }
  return argument;
}

/** Whether two calls ask one function about the same, with other options at most: one that ignores them answers alike. */
export function differInOptionsOnly(a: Call, b: Call): boolean {
  const [one, other] = [a, b].map(({ module, export: name, args }) =>
    JSON.stringify([module, name, args.map(withoutOptions).filter((item) => item !== undefined)]),
  );
  return one === other;
}
