import { z } from 'zod';
import { valuePath } from './call-plan.ts';
import { MOST_REFUSALS, REFUSAL } from './incident.ts';
import type { ValueTree } from './value-tree.ts';

/** A call argument with nothing left to look up outside the child: tensors travel in the same frame. */
export type ResolvedArgument =
  | { readonly tensor: string }
  | { readonly number: number }
  | { readonly json: unknown }
  | { readonly list: readonly ResolvedArgument[] }
  | { readonly record: Readonly<Record<string, ResolvedArgument>> }
  | { readonly given: { module: string; export: string; args: readonly ResolvedArgument[] } };

/** What the grader asks of a child. */
export type Request =
  | { readonly type: 'load'; readonly id: number; readonly bundle: string }
  /** Asked last: whether the answers so far were the runner's own. */
  | { readonly type: 'end'; readonly id: number }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly module: string;
      readonly export: string;
      readonly args: readonly ResolvedArgument[];
      readonly gradient?: {
        readonly argument: number;
        readonly path?: z.infer<typeof valuePath> | undefined;
      };
      readonly observe: boolean;
    };

/** Counts made while a call ran. They come from the child, so they are hints. */
export const observation = z.strictObject({
  /** TensorFlow.js kernels dispatched. */
  kernels: z.number().int().nonnegative(),
  /** Synchronous reads of a tensor's values (`dataSync`, `arraySync`). */
  reads: z.number().int().nonnegative(),
  /** Tensors that exist after the call, apart from arguments and result. */
  leftover: z.number().int(),
  /** What became of the arguments, which belong to the caller: `changed` tells of values of tensors, items and entries. */
  args: z.enum(['intact', 'disposed', 'changed']),
});
export type Observation = z.infer<typeof observation>;

/** Characters of a text that tells what was thrown; an honest child cuts earlier. */
const untrustedText = z.string().max(8192);

/** An error in its own words; where no error was thrown but something else, without a name. */
const errorText = {
  name: untrustedText,
  message: untrustedText,
  /** Frames of the bundle, one a line. */
  stack: untrustedText,
};

/** Why a call came to nothing, as the child tells it; all texts are untrusted. */
export const thrown = z.strictObject({
  reason: z.enum([
    'threw',
    'not-a-function',
    'missing-module',
    'not-differentiable',
    'unsupported-result',
    /** The WASM runtime broke down. */
    'aborted',
    /** The call waits for a promise that nothing is left to settle. */
    'never-settles',
  ]),
  ...errorText,
  /** The error that another was made of. */
  cause: z.strictObject(errorText).optional(),
});
export type Thrown = z.infer<typeof thrown>;

const id = z.number().int().nonnegative();
/** The process asks to be replaced: what happened in this call would disturb the next. */
const spent = z.literal(true).optional();
/** Its graphics device is gone; what it says of this call may be no fault of the called code. */
const deviceLost = z.literal(true).optional();
/** What Node.js's interfaces refused meanwhile; a hint for staff. */
const refused = z.array(z.string().regex(REFUSAL)).max(MOST_REFUSALS).optional();

/**
 * What a child answers, with what a call returned still unread. `ready` comes once, unasked, when the backend is
 * set up.
 */
export const envelope = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    backend: z.string().max(200),
    versions: z.record(z.string().max(200), z.string().max(200)),
    /** The graphics device that it computes on. */
    device: z.string().max(200).optional(),
    /** It computes by a graphics driver in software. */
    software: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal('loaded'), id, refused }),
  z.strictObject({ type: z.literal('idle'), id, refused }),
  z.strictObject({
    type: z.literal('returned'),
    id,
    value: z.unknown(),
    gradient: z.string().optional(),
    observed: observation.optional(),
    spent,
    deviceLost,
    refused,
  }),
  z.strictObject({ type: z.literal('threw'), id, error: thrown, spent, deviceLost, refused }),
]);
type Envelope = z.infer<typeof envelope>;
type Returned = Omit<Extract<Envelope, { type: 'returned' }>, 'value'> & { readonly value: ValueTree };

/** What a child answers. */
export type Reply = Exclude<Envelope, { type: 'returned' }> | Returned;
