import * as tf from '@tensorflow/tfjs';
import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../format/messages.ts';

const MAX_DEPTH = 8;
const DISPOSED = Symbol('disposed');

/** What a function finds in its arguments: values of tensors, items of lists, entries of records. */
export class ArgumentState {
  readonly #args: readonly unknown[];
  readonly #before: unknown;

  private constructor(args: readonly unknown[], before: unknown) {
    this.#args = args;
    this.#before = before;
  }

  /** Remembers them before a call. */
  static async of(args: readonly unknown[]): Promise<ArgumentState> {
    return new ArgumentState(args, await contents(args, 0));
  }

  /** What the call made of them; they belong to whoever made the call. */
  async now(): Promise<Observation['args']> {
    const now = await contents(this.#args, 0);
    if (isDeepStrictEqual(now, this.#before)) return 'intact';
    return holdsDisposed(now, 0) ? 'disposed' : 'changed';
  }
}

/** A copy of all that can be seen of a value. Read asynchronously: some backends can read no other way. */
async function contents(value: unknown, depth: number): Promise<unknown> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (value instanceof tf.Tensor) {
    if (value.isDisposed) return DISPOSED;
    const data = (await value.data<'float32'>()).slice();
    return { data, shape: [...value.shape], dtype: value.dtype };
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => contents(item, depth + 1)));
  const entries = Object.entries(value).map(async ([key, item]) => [key, await contents(item, depth + 1)]);
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

function holdsDisposed(now: unknown, depth: number): boolean {
  if (now === DISPOSED) return true;
  if (depth > MAX_DEPTH || typeof now !== 'object' || now === null || ArrayBuffer.isView(now)) return false;
  return Object.values(now).some((item) => holdsDisposed(item, depth + 1));
}
